package io.tidemark.insight.retention;

import io.tidemark.insight.Freshness;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Intervals;
import io.tidemark.insight.Places;
import io.tidemark.insight.RangeCover;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.insight.retention.RetentionAnswer.Cohort;
import io.tidemark.insight.retention.RetentionAnswer.Overall;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Answers retention. Thread-safe.
final class RetentionAnswerer implements Answerer<RetentionQuestion, RetentionAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P12W");
  private static final int MOST_INTERVALS = 100;

  private static final QuestionKind<RetentionQuestion, RetentionAnswer> KIND =
      new QuestionKind<>(
          "retention",
          "Of the people who began in an interval, how many came back in each that followed",
          RetentionQuestion.class,
          RetentionAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "retention", "from": "2026-09-07", "to": "2026-11-02", "interval": "week", "zone": "Europe/Berlin",
               "start": {"step": "page_visit"}, "come_back": {"event": "result_download"}}
              """,
              """
              {"question": "retention", "from": "-P14D", "interval": "day", "cohort": "any_time",
               "start": {"event": "image_upload", "where": [{"trait": "plan", "is": "pro"}]}}
              """));

  private final RetentionReader reader;
  private final FreshnessReader freshness;
  private final Duration minutesKept;

  /// @param minutesKept how far back rollups by the minute reach
  RetentionAnswerer(RetentionReader reader, FreshnessReader freshness, Duration minutesKept) {
    this.reader = reader;
    this.freshness = freshness;
    this.minutesKept = minutesKept;
  }

  @Override
  public QuestionKind<RetentionQuestion, RetentionAnswer> kind() {
    return KIND;
  }

  @Override
  public RetentionAnswer answer(RetentionQuestion question, Asking asking) {
    EventSelector start = question.beginning();
    EventSelector comeBack = question.comingBack();
    Intervals intervals =
        Intervals.covering(
            asking.range(question.from(), question.to(), question.zone(), SPAN),
            question.calendar(),
            MOST_INTERVALS);
    Places places = intervals.places();
    boolean isRolledUp =
        PeopleByInterval.isRolledUp(start, places) && PeopleByInterval.isRolledUp(comeBack, places);
    Freshness fresh = isRolledUp ? freshness.read() : Freshness.ofDetail(asking.now());
    List<RetentionReader.Cell> cells =
        isRolledUp
            ? reader.readRollups(
                start,
                comeBack,
                question.rule(),
                places,
                RangeCover.oldestMinute(minutesKept, asking.now()))
            : reader.readDetail(start, comeBack, question.rule(), places);
    List<Cohort> cohorts = cohorts(cells, intervals);
    return new RetentionAnswer(
        AnswerHead.of(intervals.range(), intervals.zone(), fresh, true),
        question.unit().word(),
        intervals.partial(asking.now()),
        cohorts,
        overall(cohorts));
  }

  @Override
  public void writeRows(RetentionQuestion question, Asking asking, RowSink rows) {
    RetentionAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns("cohort_start", "people", "after", "returned", "partial");
    List<Cohort> cohorts = answer.cohorts();
    for (int place = 0; place < cohorts.size(); place++) {
      Cohort cohort = cohorts.get(place);
      for (int after = 0; after < cohort.returned().size(); after++) {
        rows.row(
            cohort.start().toString(),
            cohort.people(),
            after,
            cohort.returned().get(after),
            answer.isPartial(place, after));
      }
    }
  }

  private static List<Cohort> cohorts(List<RetentionReader.Cell> cells, Intervals intervals) {
    int count = intervals.count();
    long[] people = new long[count];
    long[][] returned = new long[count][count];
    for (RetentionReader.Cell cell : cells) {
      if (cell.after() == RetentionReader.ALL) {
        people[cell.cohort() - 1] = cell.people();
      } else {
        returned[cell.cohort() - 1][cell.after()] = cell.people();
      }
    }
    List<Cohort> cohorts = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      List<Long> back = new ArrayList<>();
      for (int after = 0; after < count - place; after++) {
        back.add(returned[place][after]);
      }
      cohorts.add(new Cohort(intervals.starts().get(place), people[place], back));
    }
    return cohorts;
  }

  private static List<Overall> overall(List<Cohort> cohorts) {
    List<Overall> overall = new ArrayList<>();
    for (int after = 0; after < cohorts.size(); after++) {
      long people = 0;
      long returned = 0;
      for (Cohort cohort : cohorts.subList(0, cohorts.size() - after)) {
        people += cohort.people();
        returned += cohort.returned().get(after);
      }
      overall.add(
          new Overall(after, people, returned, people == 0 ? null : (double) returned / people));
    }
    return overall;
  }
}
