package io.tidemark.insight.trend;

import io.tidemark.insight.Freshness;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Intervals;
import io.tidemark.insight.Places;
import io.tidemark.insight.RangeCover;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.AnswerHead.ZonedRange;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers trends. Thread-safe.
final class TrendAnswerer implements Answerer<TrendQuestion, TrendAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P30D");
  private static final int MOST_INTERVALS = 1_000;
  private static final int MOST_VALUES = 50;
  private static final int MOST_POINTS = 100_000;

  private static final QuestionKind<TrendQuestion, TrendAnswer> KIND =
      new QuestionKind<>(
          "trend",
          "How often something happened and to how many people, interval by interval",
          TrendQuestion.class,
          TrendAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "trend", "from": "-P28D", "zone": "Europe/Berlin", "interval": "week", "compare": true,
               "series": [{"event": "image_upload"}, {"name": "people", "event": "image_upload", "measure": "people"}]}
              """,
              """
              {"question": "trend", "from": "2026-10-01", "to": "2026-11-01", "breakdown": {"property": "device", "limit": 5},
               "series": [{"name": "visits", "step": "page_visit", "measure": "people"},
                          {"name": "downloads", "step": "result_download", "measure": "people"}],
               "formulas": [{"name": "conversion", "kind": "ratio", "of": ["downloads", "visits"]}]}
              """));

  private final TrendReader reader;
  private final FreshnessReader freshness;
  private final Duration minutesKept;

  /// @param minutesKept how far back rollups by the minute reach
  TrendAnswerer(TrendReader reader, FreshnessReader freshness, Duration minutesKept) {
    this.reader = reader;
    this.freshness = freshness;
    this.minutesKept = minutesKept;
  }

  @Override
  public QuestionKind<TrendQuestion, TrendAnswer> kind() {
    return KIND;
  }

  @Override
  public TrendAnswer answer(TrendQuestion question, Asking asking) {
    TimeRange range = asking.range(question.from(), question.to(), question.zone(), SPAN);
    Intervals asked = Intervals.covering(range, question.calendar(), MOST_INTERVALS);
    Intervals earlier = question.isCompared() ? asked.earlier() : null;
    requireFewPoints(question, asked);
    boolean isRolledUp = question.series().stream().anyMatch(each -> isRolledUp(each, question));
    Freshness fresh = isRolledUp ? freshness.read() : Freshness.ofDetail(asking.now());
    return new TrendAnswer(
        AnswerHead.of(range, asked.zone(), fresh, true),
        question.unit().word(),
        asked.starts(),
        asked.partial(asking.now()),
        earlier == null ? null : ZonedRange.of(earlier.range(), asked.zone()),
        lines(question, asked, earlier, RangeCover.oldestMinute(minutesKept, asking.now())));
  }

  @Override
  public void writeRows(TrendQuestion question, Asking asking, RowSink rows) {
    TrendAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns("interval_start", "name", "breakdown", "is_other", "value", "previous", "partial");
    for (TrendAnswer.Line line : answer.lines()) {
      for (int place = 0; place < answer.intervals().size(); place++) {
        OffsetDateTime start = answer.intervals().get(place);
        TrendAnswer.Values previous = line.previous();
        rows.row(
            start.toString(),
            line.name(),
            line.value(),
            line.isOther(),
            line.asked().values().get(place),
            previous == null ? null : previous.values().get(place),
            answer.partialIntervals().contains(start));
      }
    }
  }

  private List<TrendAnswer.Line> lines(
      TrendQuestion question, Intervals asked, @Nullable Intervals earlier, Instant minutesSince) {
    Breakdown breakdown = question.breakdown();
    List<@Nullable String> values =
        breakdown == null
            ? List.of()
            : reader.readValues(question.series().getFirst().events(), asked.range(), breakdown);
    Map<String, List<TrendAnswer.Line>> series = new HashMap<>();
    List<TrendAnswer.Line> lines = new ArrayList<>();
    for (TrendSeries each : question.series()) {
      Function<Intervals, SeriesCounts> read =
          intervals -> read(each, question, intervals.places(), values, minutesSince);
      SeriesCounts counts = read.apply(asked);
      SeriesCounts before = earlier == null ? null : read.apply(earlier);
      List<TrendAnswer.Line> ofSeries = new ArrayList<>();
      for (int rank = 1; rank <= values.size(); rank++) {
        String value = values.get(rank - 1);
        ofSeries.add(line(each, value, rank, false, counts, before, asked.count()));
      }
      ofSeries.add(line(each, null, 0, breakdown != null, counts, before, asked.count()));
      series.put(each.label(), ofSeries);
      lines.addAll(ofSeries);
    }
    for (TrendFormula formula : question.formulas()) {
      List<TrendAnswer.Line> first = series.getOrDefault(formula.of().getFirst(), List.of());
      List<TrendAnswer.Line> second = series.getOrDefault(formula.of().getLast(), List.of());
      for (int rank = 0; rank < first.size(); rank++) {
        lines.add(formula.lineOf(first.get(rank), second.get(rank)));
      }
    }
    return lines;
  }

  private SeriesCounts read(
      TrendSeries series,
      TrendQuestion question,
      Places places,
      List<@Nullable String> values,
      Instant minutesSince) {
    return isRolledUp(series, question) && places.areOfWholeMinutes()
        ? reader.readRollups(series.events(), series.counted(), places, minutesSince)
        : reader.readDetail(series.events(), places, question.breakdown(), values);
  }

  private static boolean isRolledUp(TrendSeries series, TrendQuestion question) {
    return question.breakdown() == null && series.isRolledUp();
  }

  private static TrendAnswer.Line line(
      TrendSeries series,
      @Nullable String value,
      int rank,
      boolean isOther,
      SeriesCounts counts,
      @Nullable SeriesCounts before,
      int intervals) {
    return new TrendAnswer.Line(
        series.label(),
        value,
        isOther,
        values(series, rank, counts, intervals),
        before == null ? null : values(series, rank, before, intervals));
  }

  private static TrendAnswer.Values values(
      TrendSeries series, int rank, SeriesCounts counts, int intervals) {
    List<@Nullable Number> values = new ArrayList<>();
    for (int place = 1; place <= intervals; place++) {
      values.add(series.counted().of(counts.at(rank, place)));
    }
    return new TrendAnswer.Values(series.counted().of(counts.at(rank, SeriesCounts.ALL)), values);
  }

  private static void requireFewPoints(TrendQuestion question, Intervals intervals) {
    Breakdown breakdown = question.breakdown();
    if (breakdown != null && breakdown.shown() > MOST_VALUES) {
      throw ProblemException.invalidField(
          "breakdown.limit", "limit must be at most %d here".formatted(MOST_VALUES));
    }
    int lines = question.series().size() + question.formulas().size();
    int values = breakdown == null ? 1 : breakdown.shown() + 1;
    if ((long) lines * values * intervals.count() > MOST_POINTS) {
      throw ProblemException.invalidField(
          "interval",
          "lines, values and intervals make more than %d points; ask for fewer"
              .formatted(MOST_POINTS));
    }
  }
}
