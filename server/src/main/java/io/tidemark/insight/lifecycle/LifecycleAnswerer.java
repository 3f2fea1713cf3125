package io.tidemark.insight.lifecycle;

import io.tidemark.insight.Freshness;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Intervals;
import io.tidemark.insight.RangeCover;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.lifecycle.LifecycleAnswer.Stage;
import io.tidemark.insight.lifecycle.LifecycleReader.Counts;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Answers lifecycle. Thread-safe.
final class LifecycleAnswerer implements Answerer<LifecycleQuestion, LifecycleAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P12W");
  private static final int MOST_INTERVALS = 400;

  private static final QuestionKind<LifecycleQuestion, LifecycleAnswer> KIND =
      new QuestionKind<>(
          "lifecycle",
          "How many people are new, returning, resurrecting and dormant, interval by interval",
          LifecycleQuestion.class,
          LifecycleAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "lifecycle", "from": "2026-09-07", "to": "2026-11-02", "zone": "Europe/Berlin"}
              """,
              """
              {"question": "lifecycle", "from": "-P28D", "interval": "day", "activity": {"step": "result_download"}}
              """));

  private final LifecycleReader reader;
  private final FreshnessReader freshness;
  private final Duration minutesKept;

  /// @param minutesKept how far back rollups by the minute reach
  LifecycleAnswerer(LifecycleReader reader, FreshnessReader freshness, Duration minutesKept) {
    this.reader = reader;
    this.freshness = freshness;
    this.minutesKept = minutesKept;
  }

  @Override
  public QuestionKind<LifecycleQuestion, LifecycleAnswer> kind() {
    return KIND;
  }

  @Override
  public LifecycleAnswer answer(LifecycleQuestion question, Asking asking) {
    EventSelector activity = question.active();
    Intervals intervals =
        Intervals.covering(
            asking.range(question.from(), question.to(), question.zone(), SPAN),
            question.calendar(),
            MOST_INTERVALS);
    boolean isRolledUp = PeopleByInterval.isRolledUp(activity, intervals.placesAfterPrevious());
    Freshness fresh = isRolledUp ? freshness.read() : Freshness.ofDetail(asking.now());
    List<Counts> counts =
        isRolledUp
            ? reader.readRollups(
                activity, intervals, RangeCover.oldestMinute(minutesKept, asking.now()))
            : reader.readDetail(activity, intervals);
    return new LifecycleAnswer(
        AnswerHead.of(intervals.range(), intervals.zone(), fresh, true),
        question.unit().word(),
        intervals.partial(asking.now()),
        stages(counts, intervals));
  }

  @Override
  public void writeRows(LifecycleQuestion question, Asking asking, RowSink rows) {
    LifecycleAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns("interval_start", "new_people", "returning", "resurrecting", "dormant", "partial");
    for (Stage stage : answer.stages()) {
      rows.row(
          stage.start().toString(),
          stage.newPeople(),
          stage.returning(),
          stage.resurrecting(),
          stage.dormant(),
          answer.partialIntervals().contains(stage.start()));
    }
  }

  private static List<Stage> stages(List<Counts> counts, Intervals intervals) {
    Map<Integer, Counts> byPlace =
        counts.stream().collect(Collectors.toMap(Counts::place, Function.identity()));
    List<Stage> stages = new ArrayList<>();
    for (int place = 1; place <= intervals.count(); place++) {
      Counts of = byPlace.getOrDefault(place, new Counts(place, 0, 0, 0, 0));
      stages.add(
          new Stage(
              intervals.starts().get(place - 1),
              of.newPeople(),
              of.returning(),
              of.resurrecting(),
              of.dormant()));
    }
    return stages;
  }
}
