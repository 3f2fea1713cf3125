package io.tidemark.insight.engagement;

import io.tidemark.insight.Calendar;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Intervals;
import io.tidemark.insight.Places;
import io.tidemark.insight.RangeCover;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.engagement.EngagementAnswer.Bucket;
import io.tidemark.insight.engagement.EngagementAnswer.Distribution;
import io.tidemark.insight.engagement.EngagementAnswer.Engaged;
import io.tidemark.insight.engagement.EngagementAnswer.Frequency;
import io.tidemark.insight.engagement.EngagementAnswer.Part;
import io.tidemark.insight.engagement.EngagementAnswer.Recency;
import io.tidemark.insight.engagement.EngagementReader.Scored;
import io.tidemark.insight.engagement.EngagementReader.Scores;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers how engaged people are. Thread-safe.
final class EngagementAnswerer implements Answerer<EngagementQuestion, EngagementAnswer> {

  private static final int DAYS_LOOKED_BACK = 28;
  private static final int MOST_DAYS = 20 * 366 + 2;
  private static final TimeAgo SPAN = TimeAgo.parse("-P30D");
  private static final List<Double> PERCENTILES = List.of(0.1, 0.25, 0.5, 0.75, 0.9, 0.99);
  private static final double MILLIS_A_DAY = Duration.ofDays(1).toMillis();

  private static final QuestionKind<EngagementQuestion, EngagementAnswer> KIND =
      new QuestionKind<>(
          "engagement",
          "How engaged people are: their weighted events, with recency, frequency and depth, and the distribution",
          EngagementQuestion.class,
          EngagementAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "engagement", "limit": 3}
              """,
              """
              {"question": "engagement", "from": "-P30D", "zone": "Europe/Berlin", "limit": 0, "bounds": [10, 100, 1000]}
              """));

  private final EngagementReader reader;
  private final FreshnessReader freshness;
  private final Duration minutesKept;

  /// @param minutesKept how far back rollups by the minute reach
  EngagementAnswerer(EngagementReader reader, FreshnessReader freshness, Duration minutesKept) {
    this.reader = reader;
    this.freshness = freshness;
    this.minutesKept = minutesKept;
  }

  @Override
  public QuestionKind<EngagementQuestion, EngagementAnswer> kind() {
    return KIND;
  }

  @Override
  public EngagementAnswer answer(EngagementQuestion question, Asking asking) {
    requireAllowed(question, asking);
    ZoneId zone = Asking.zone(question.zone());
    TimeRange range = range(question, asking);
    TimeRange told = range == null ? allTime(asking.now()) : range;
    AnswerHead head = head(range, told, zone, asking);
    Scores scores = reader.readScores(range, PERCENTILES, question.bounds());
    List<Scored> shown = new ArrayList<>();
    if (question.shown() > 0) {
      reader.readRanked(range, question.person(), question.shown(), shown::add);
    }
    return new EngagementAnswer(
        head,
        distribution(scores, question.bounds()),
        people(shown, range, told.to(), zone, asking));
  }

  /// Everyone with an event, highest score first, however many they are.
  @Override
  public void writeRows(EngagementQuestion question, Asking asking, RowSink rows) {
    requireAllowed(question, asking);
    TimeRange range = range(question, asking);
    rows.head(
        head(
            range,
            range == null ? allTime(asking.now()) : range,
            Asking.zone(question.zone()),
            asking));
    rows.columns("rank", "person", "score", "events", "last_at");
    reader.readRanked(
        range,
        question.person(),
        null,
        each ->
            rows.row(
                each.rank(),
                asking.nameOf(each.name()),
                each.score(),
                each.events(),
                each.lastAt()));
  }

  private AnswerHead head(@Nullable TimeRange range, TimeRange told, ZoneId zone, Asking asking) {
    return range == null
        ? AnswerHead.of(told, zone, freshness.read(), true)
        : AnswerHead.ofDetail(range, zone, asking);
  }

  /// Nothing is recorded that was before 1970; what is dated after now counts too.
  private TimeRange allTime(Instant now) {
    Instant end = reader.findEndAfter(now).orElse(now);
    return new TimeRange(Instant.EPOCH, end.isAfter(now) ? end : now).widenedTo(ChronoUnit.MINUTES);
  }

  private static void requireAllowed(EngagementQuestion question, Asking asking) {
    if (question.person() != null) {
      asking.requirePeople();
    }
  }

  private static @Nullable TimeRange range(EngagementQuestion question, Asking asking) {
    return question.isOverAllTime()
        ? null
        : asking.range(question.from(), question.to(), question.zone(), SPAN);
  }

  private List<Engaged> people(
      List<Scored> shown, @Nullable TimeRange range, Instant end, ZoneId zone, Asking asking) {
    if (shown.isEmpty()) {
      return List.of();
    }
    List<Long> keys = shown.stream().map(Scored::userKey).toList();
    Map<Long, List<Part>> parts = reader.readParts(keys, range);
    TimeRange looked = range == null ? lastDays(asking.now(), zone) : range;
    Places days =
        Intervals.covering(looked, Calendar.of(CalendarUnit.DAY, zone, null), MOST_DAYS).places();
    Map<Long, Long> active =
        range == null && days.areOfWholeMinutes()
            ? reader.readActiveDays(keys, days, RangeCover.oldestMinute(minutesKept, asking.now()))
            : reader.readActiveDays(keys, days);
    return shown.stream()
        .map(each ->
            new Engaged(
                each.rank(),
                asking.nameOf(each.name()),
                each.score(),
                each.events(),
                new Recency(
                    each.lastAt().atZone(zone).toOffsetDateTime(),
                    ChronoUnit.MILLIS.between(each.lastAt(), end) / MILLIS_A_DAY),
                new Frequency(active.getOrDefault(each.userKey(), 0L), days.count()),
                parts.getOrDefault(each.userKey(), List.of())))
        .toList();
  }

  /// Today, all of it, and those before it.
  private static TimeRange lastDays(Instant now, ZoneId zone) {
    LocalDate tomorrow = now.atZone(zone).toLocalDate().plusDays(1);
    return new TimeRange(
        tomorrow.minusDays(DAYS_LOOKED_BACK).atStartOfDay(zone).toInstant(),
        tomorrow.atStartOfDay(zone).toInstant());
  }

  private static Distribution distribution(Scores scores, List<Double> bounds) {
    List<Bucket> buckets = new ArrayList<>();
    for (int place = 0; place <= bounds.size(); place++) {
      buckets.add(
          new Bucket(
              place == 0 ? null : bounds.get(place - 1),
              place == bounds.size() ? null : bounds.get(place),
              scores.buckets().getOrDefault(place, 0L)));
    }
    boolean isNobody = scores.people() == 0;
    return new Distribution(
        scores.people(),
        isNobody ? null : scores.sum() / scores.people(),
        percentile(scores, 0),
        percentile(scores, 1),
        percentile(scores, 2),
        percentile(scores, 3),
        percentile(scores, 4),
        percentile(scores, 5),
        isNobody ? null : scores.max(),
        buckets);
  }

  private static @Nullable Double percentile(Scores scores, int place) {
    return scores.people() == 0 ? null : scores.percentiles().get(place);
  }
}
