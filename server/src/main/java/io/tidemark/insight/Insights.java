package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import io.tidemark.rollup.Grain;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Answers questions: reads the parameters, chooses what to read them from, says how fresh the
/// answer is. Thread-safe.
public final class Insights {

  private static final int MOST_MINUTES = 3 * 24 * 60;
  private static final int MOST_HOURS = 400 * 24;
  private static final int MOST_ZONED_DAYS = 400;

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
    this.sessions = new SessionReader(jdbc);
    this.coverage = new CoverageReader(jdbc);
    this.truth = new RollupTruthReader(jdbc);
    this.refusals = new RefusalReader(jdbc);
  }

  public Answer.Live live() {
    Freshness fresh = freshness.read();
    return Answer.Live.of(live.readLive(clock.instant()), fresh);
  }

  public Answer.Endpoints endpoints(@Nullable String from, @Nullable String to) {
    return covered(
        from,
        to,
        Duration.ofHours(24),
        (cover, fresh) -> new Answer.Endpoints(cover.range(), fresh, api.readEndpoints(cover)));
  }

  public Answer.Metrics metrics(@Nullable String from, @Nullable String to) {
    return covered(
        from,
        to,
        Duration.ofHours(1),
        (cover, fresh) -> new Answer.Metrics(cover.range(), fresh, metrics.readMetrics(cover)));
  }

  public Answer.FunnelSteps funnelSteps(@Nullable String from, @Nullable String to) {
    return covered(
        from,
        to,
        Duration.ofHours(24),
        (cover, fresh) ->
            new Answer.FunnelSteps(
                cover.range(),
                fresh,
                completions.readCompletions(cover, properties.funnelSteps())));
  }

  public Answer.Trend trend(
      @Nullable String from, @Nullable String to, String interval, @Nullable String endpoint) {
    Instant now = clock.instant();
    TimeRange asked = TimeRange.of(from, to, Duration.ofHours(24), now);
    Grain grain = interval(interval, asked, now);
    TimeRange range = asked.widenedTo(grain.unit());
    Freshness fresh = freshness.read();
    return new Answer.Trend(
        range, fresh, grain.columnValue(), api.readTrend(range, grain, endpoint));
  }

  /// @param from RFC 3339; null for 30 days before the end
  /// @param to RFC 3339; null for now
  /// @param interval minute, hour or day
  /// @param timeZone of the days; null for UTC
  /// @throws ProblemException naming the parameter that is wrong
  public Answer.Totals totals(
      @Nullable String from, @Nullable String to, String interval, @Nullable String timeZone) {
    Instant now = clock.instant();
    TimeRange asked = TimeRange.of(from, to, Duration.ofDays(30), now);
    ZoneId zone = zone(timeZone);
    Grain grain = interval(interval, asked, now);
    if (grain == Grain.DAY && !zone.equals(ZoneOffset.UTC)) {
      requireFewDays(asked);
      RangeCover cover = RangeCover.ofDays(asked, zone, minutesKept, now);
      Freshness fresh = freshness.read();
      return new Answer.Totals(
          cover.range(), fresh, grain.columnValue(), zone.getId(), totals.readDays(cover, zone));
    }
    TimeRange range = asked.widenedTo(grain.unit());
    Freshness fresh = freshness.read();
    return new Answer.Totals(
        range, fresh, grain.columnValue(), zone.getId(), totals.readTrend(range, grain));
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

  private static ZoneId zone(@Nullable String name) {
    if (name == null || name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw ProblemException.invalidField(
          "zone", "zone must be a time zone such as Europe/Berlin, Asia/Kolkata or +05:30");
    }
  }

  private static void requireFewDays(TimeRange asked) {
    if (Duration.between(asked.from(), asked.to()).toDays() > MOST_ZONED_DAYS) {
      throw ProblemException.invalidField(
          "from", "by the day of a time zone other than UTC a range may span 400 days");
    }
  }

  public Answer.Sessions sessions(String userId, @Nullable String from, @Nullable String to) {
    AskedText.checked("user_id", userId, 200);
    Instant now = clock.instant();
    TimeRange range = TimeRange.of(from, to, Duration.ofDays(7), now);
    return new Answer.Sessions(
        range, Freshness.ofDetail(now), sessions.readSessions(userId, range));
  }

  public Answer.Refusals refusals(@Nullable String from, @Nullable String to) {
    Instant now = clock.instant();
    TimeRange range = TimeRange.of(from, to, Duration.ofHours(24), now).widenedTo(ChronoUnit.HOURS);
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
      @Nullable String from,
      @Nullable String to,
      Duration span,
      BiFunction<RangeCover, Freshness, A> answer) {
    Instant now = clock.instant();
    RangeCover cover = RangeCover.of(TimeRange.of(from, to, span, now), minutesKept, now);
    return answer.apply(cover, freshness.read());
  }
}
