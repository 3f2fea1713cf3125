package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import io.tidemark.rollup.Grain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Answers questions: reads the parameters, chooses what to read them from, says how fresh the
/// answer is. Thread-safe.
public final class Insights {

  private static final int MOST_MINUTES = 3 * 24 * 60;
  private static final int MOST_HOURS = 400 * 24;
  private static final int MOST_ZONED_DAYS = 400;

  private static final TimeAgo LAST_HOUR = TimeAgo.parse("-PT1H");
  private static final TimeAgo LAST_24_HOURS = TimeAgo.parse("-PT24H");
  private static final TimeAgo LAST_7_DAYS = TimeAgo.parse("-P7D");
  private static final TimeAgo LAST_30_DAYS = TimeAgo.parse("-P30D");

  /// Each server writes its counts of refusals that often.
  private static final Duration REFUSALS_WRITTEN_EVERY = Duration.ofSeconds(2);

  private final InsightProperties properties;
  private final Duration minutesKept;
  private final InstantSource clock;
  private final FreshnessReader freshness;
  private final LiveReader live;
  private final ApiPerformanceReader api;
  private final ApiTotalReader totals;
  private final MetricReader metrics;
  private final StepCompletionReader completions;
  private final PersonReader people;
  private final SessionReader sessions;
  private final CoverageReader coverage;
  private final RollupTruthReader truth;
  private final RefusalReader refusals;

  /// @param minutesKept how far back rollups by the minute reach
  public Insights(
      JdbcClient jdbc, InsightProperties properties, Duration minutesKept, InstantSource clock) {
    this.properties = properties;
    this.minutesKept = minutesKept;
    this.clock = clock;
    this.freshness = new FreshnessReader(jdbc, clock);
    BucketValueReader buckets = new BucketValueReader(jdbc);
    this.api = new ApiPerformanceReader(jdbc, buckets);
    this.totals = new ApiTotalReader(jdbc, buckets);
    this.live = new LiveReader(jdbc, totals);
    this.metrics = new MetricReader(jdbc, buckets);
    this.completions = new StepCompletionReader(jdbc);
    this.people = new PersonReader(jdbc);
    this.sessions = new SessionReader(jdbc);
    this.coverage = new CoverageReader(jdbc);
    this.truth = new RollupTruthReader(jdbc);
    this.refusals = new RefusalReader(jdbc);
  }

  public Answer.Live live() {
    Freshness fresh = freshness.read();
    return Answer.Live.of(live.readLive(clock.instant()), fresh);
  }

  public Answer.Endpoints endpoints(AskedRange asked) {
    return covered(
        asked,
        LAST_24_HOURS,
        (cover, fresh) -> new Answer.Endpoints(cover.range(), fresh, api.readEndpoints(cover)));
  }

  public Answer.Metrics metrics(AskedRange asked) {
    return covered(
        asked,
        LAST_HOUR,
        (cover, fresh) -> new Answer.Metrics(cover.range(), fresh, metrics.readMetrics(cover)));
  }

  public Answer.FunnelSteps funnelSteps(AskedRange asked) {
    return covered(
        asked,
        LAST_24_HOURS,
        (cover, fresh) ->
            new Answer.FunnelSteps(
                cover.range(),
                fresh,
                completions.readCompletions(cover, properties.funnelSteps())));
  }

  /// @param interval minute, hour or day
  /// @throws ProblemException naming the parameter that is wrong
  public Answer.Trend trend(AskedRange asked, String interval, @Nullable String endpoint) {
    Instant now = clock.instant();
    Buckets intervals = intervals(asked, interval, LAST_24_HOURS, now);
    RangeCover cover = RangeCover.of(intervals.places(), RangeCover.oldestMinute(minutesKept, now));
    Freshness fresh = freshness.read();
    return new Answer.Trend(
        intervals.range(),
        fresh,
        intervals.grain().columnValue(),
        asked.zone().getId(),
        intervals.partial(now),
        api.readTrend(intervals, cover, endpoint));
  }

  /// @param interval minute, hour or day
  /// @throws ProblemException naming the parameter that is wrong
  public Answer.Totals totals(AskedRange asked, String interval) {
    Instant now = clock.instant();
    Buckets intervals = intervals(asked, interval, LAST_30_DAYS, now);
    RangeCover cover = RangeCover.of(intervals.places(), RangeCover.oldestMinute(minutesKept, now));
    Freshness fresh = freshness.read();
    return new Answer.Totals(
        intervals.range(),
        fresh,
        intervals.grain().columnValue(),
        asked.zone().getId(),
        intervals.partial(now),
        totals.readPoints(intervals, cover));
  }

  private Buckets intervals(AskedRange asked, String interval, TimeAgo span, Instant now) {
    TimeRange range = asked.resolve(span, now);
    Buckets intervals = new Buckets(interval(interval, range, now), asked.zone(), range);
    if (!intervals.areKept()
        && Duration.between(range.from(), range.to()).toDays() > MOST_ZONED_DAYS) {
      throw ProblemException.invalidField(
          "from", "by the day of a time zone other than UTC a range may span 400 days");
    }
    return intervals;
  }

  /// The interval to answer by: hours where minutes are no longer kept.
  private Grain interval(String interval, TimeRange asked, Instant now) {
    Grain grain =
        Grain.named(interval)
            .orElseThrow(() ->
                ProblemException.invalidField("interval", "interval must be minute, hour or day"));
    long points = grain.unit().between(asked.from(), asked.to());
    if ((grain == Grain.MINUTE && points > MOST_MINUTES)
        || (grain == Grain.HOUR && points > MOST_HOURS)) {
      throw ProblemException.invalidField(
          "interval",
          "by the minute a range may span 3 days, by the hour 400 days; choose a longer interval");
    }
    boolean isWithoutMinutes =
        grain == Grain.MINUTE && asked.from().isBefore(RangeCover.oldestMinute(minutesKept, now));
    return isWithoutMinutes ? Grain.HOUR : grain;
  }

  public Answer.Sessions sessions(String userId, @Nullable Boolean anonymous, AskedRange asked) {
    AskedText.checked("user_id", userId, 200);
    Instant now = clock.instant();
    TimeRange range = asked.resolve(LAST_7_DAYS, now);
    Optional<PersonReader.FoundPerson> person = people.find(userId, anonymous);
    return new Answer.Sessions(
        range,
        Freshness.ofDetail(now),
        person.map(PersonReader.FoundPerson::isKnown).orElse(null),
        person.map(found -> sessions.readSessions(found.userKey(), range)).orElse(List.of()));
  }

  /// On whole hours, by which refusals are kept.
  public Answer.Refusals refusals(AskedRange asked) {
    Instant now = clock.instant();
    TimeRange range = asked.resolve(LAST_24_HOURS, now).widenedTo(ChronoUnit.HOURS);
    return new Answer.Refusals(
        range, Freshness.lagging(REFUSALS_WRITTEN_EVERY, now), refusals.readRefusals(range));
  }

  public Answer.RollupTruth rollups() {
    return new Answer.RollupTruth(
        freshness.read(), truth.readWaitingHours(), truth.readDifferences(), truth.readNewest());
  }

  public Answer.Coverage coverage() {
    Freshness fresh = freshness.read();
    List<CoverageReader.FactCoverage> facts = coverage.readCoverage();
    return new Answer.Coverage(fresh, facts);
  }

  private <A> A covered(
      AskedRange asked, TimeAgo span, BiFunction<RangeCover, Freshness, A> answer) {
    Instant now = clock.instant();
    RangeCover cover = RangeCover.of(asked.resolve(span, now), minutesKept, now);
    return answer.apply(cover, freshness.read());
  }
}
