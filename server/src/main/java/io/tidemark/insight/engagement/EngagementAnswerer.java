package io.tidemark.insight.engagement;

import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Intervals;
import io.tidemark.insight.PersonReader;
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
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers how engaged people are. Thread-safe.
final class EngagementAnswerer implements Answerer<EngagementQuestion, EngagementAnswer> {

  private static final int DAYS_LOOKED_BACK = 28;
  private static final int MOST_DAYS = 20 * 366 + 2;
  private static final Duration SPAN = Duration.ofDays(30);
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

  private final PersonReader named;
  private final EngagementReader reader;
  private final FreshnessReader freshness;

  EngagementAnswerer(PersonReader named, EngagementReader reader, FreshnessReader freshness) {
    this.named = named;
    this.reader = reader;
    this.freshness = freshness;
  }

  @Override
  public QuestionKind<EngagementQuestion, EngagementAnswer> kind() {
    return KIND;
  }

  @Override
  public EngagementAnswer answer(EngagementQuestion question, Asking asking) {
    ZoneId zone = Asking.zone(question.zone());
    TimeRange range = range(question, asking);
    AnswerHead head = head(range, zone, asking);
    Scores scores = reader.readScores(range, PERCENTILES, question.bounds());
    List<Scored> shown = new ArrayList<>();
    if (question.shown() > 0 && asking.mayList(scores.people())) {
      readRanked(question, range, question.shown(), shown::add);
    }
    return new EngagementAnswer(
        question.shown() > 0 ? head.ofList(scores.people(), asking) : head,
        distribution(scores, question.bounds()),
        people(shown, range, zone, asking));
  }

  /// Everyone with an event, highest score first, however many they are.
  @Override
  public void writeRows(EngagementQuestion question, Asking asking, RowSink rows) {
    TimeRange range = range(question, asking);
    AnswerHead head = head(range, Asking.zone(question.zone()), asking);
    long people =
        asking.showsPeople() ? 0 : reader.readScores(range, List.of(), List.of()).people();
    rows.head(head.ofList(people, asking));
    rows.columns("rank", "person", "is_known", "score", "events", "last_at");
    if (asking.mayList(people)) {
      readRanked(
          question,
          range,
          null,
          each ->
              rows.row(
                  each.rank(),
                  asking.nameOf(each.userKey(), each.name()),
                  each.isKnown(),
                  each.score(),
                  each.events(),
                  each.lastAt()));
    }
  }

  /// @param most null for all
  private void readRanked(
      EngagementQuestion question,
      @Nullable TimeRange range,
      @Nullable Integer most,
      Consumer<Scored> each) {
    String person = question.person();
    if (person == null) {
      reader.readRanked(range, null, most, each);
      return;
    }
    named
        .find(person, question.anonymous())
        .ifPresent(found -> reader.readRanked(range, found.userKey(), most, each));
  }

  private AnswerHead head(@Nullable TimeRange range, ZoneId zone, Asking asking) {
    return range == null
        ? AnswerHead.of(new TimeRange(Instant.EPOCH, asking.now()), zone, freshness.read(), true)
        : AnswerHead.ofDetail(range, zone, asking);
  }

  private static @Nullable TimeRange range(EngagementQuestion question, Asking asking) {
    return question.isOverAllTime()
        ? null
        : asking.range(question.from(), question.to(), question.zone(), SPAN);
  }

  private List<Engaged> people(
      List<Scored> shown, @Nullable TimeRange range, ZoneId zone, Asking asking) {
    if (shown.isEmpty()) {
      return List.of();
    }
    List<Long> keys = shown.stream().map(Scored::userKey).toList();
    Map<Long, List<Part>> parts = reader.readParts(keys, range);
    TimeRange looked = range == null ? lastDays(asking.now(), zone) : range;
    Intervals days = Intervals.covering(looked, CalendarUnit.DAY, zone, MOST_DAYS);
    Map<Long, Long> active =
        range == null && days.areOfWholeHours()
            ? reader.readActiveDays(keys, days)
            : reader.readActiveDays(keys, days, range == null ? days.range() : looked);
    Instant end = range == null ? asking.now() : range.to();
    return shown.stream()
        .map(each ->
            new Engaged(
                each.rank(),
                asking.nameOf(each.userKey(), each.name()),
                each.isKnown(),
                each.score(),
                each.events(),
                new Recency(
                    each.lastAt().atZone(zone).toOffsetDateTime(),
                    ChronoUnit.MILLIS.between(each.lastAt(), end) / MILLIS_A_DAY),
                new Frequency(active.getOrDefault(each.userKey(), 0L), days.count()),
                parts.getOrDefault(each.userKey(), List.of())))
        .toList();
  }

  /// Today and those before it.
  private static TimeRange lastDays(Instant now, ZoneId zone) {
    return new TimeRange(
        now.atZone(zone)
            .toLocalDate()
            .minusDays(DAYS_LOOKED_BACK - 1)
            .atStartOfDay(zone)
            .toInstant(),
        now.plusMillis(1));
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
