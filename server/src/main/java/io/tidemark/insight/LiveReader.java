package io.tidemark.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What happens right now, from rollups by the minute and the ledger of batches. Thread-safe.
final class LiveReader {

  static final Duration PEOPLE_WINDOW = Duration.ofMinutes(5);
  static final Duration RATE_WINDOW = Duration.ofSeconds(60);
  private static final int SERIES_MINUTES = 30;

  record LiveMinute(Instant at, long records, long requests, long errors, @Nullable Double p95Ms) {}

  /// @param people distinct people with a record in the last `peopleWindowSeconds`
  /// @param recordsPerSecond records stored over the last minute, by time of arrival
  /// @param requestsPerSecond API calls of the last five minutes, by event time
  /// @param errorRate of the same calls; null when there were none
  record LiveState(
      long people,
      long peopleWindowSeconds,
      double recordsPerSecond,
      double requestsPerSecond,
      @Nullable Double errorRate,
      @Nullable Double p95Ms,
      List<LiveMinute> series) {}

  private static final String PEOPLE =
      """
      SELECT /* insight.live */ coalesce(sum(people), 0)
        FROM (SELECT bit_count(bit_or(people)) AS people
                FROM people_rollup
               WHERE grain = 'minute' AND bucket >= ? AND bucket < ?
               GROUP BY chunk) AS chunk
      """;

  private static final String STORED =
      "SELECT /* insight.live */ coalesce(sum(records), 0) FROM batch WHERE committed_at >= ? AND committed_at < ?";

  private static final String RECORDS =
      """
      SELECT /* insight.live */ bucket, sum(records)
        FROM (SELECT bucket, events AS records FROM event_rollup WHERE grain = 'minute' AND bucket >= ? AND bucket < ?
              UNION ALL
              SELECT bucket, completions FROM funnel_rollup WHERE grain = 'minute' AND bucket >= ? AND bucket < ?
              UNION ALL
              SELECT bucket, samples FROM metric_rollup WHERE grain = 'minute' AND bucket >= ? AND bucket < ?
              UNION ALL
              SELECT bucket, requests FROM api_rollup WHERE grain = 'minute' AND bucket >= ? AND bucket < ?) AS minute
       GROUP BY bucket
      """;

  private final JdbcClient jdbc;
  private final ApiTotalReader api;

  LiveReader(JdbcClient jdbc, ApiTotalReader api) {
    this.jdbc = jdbc;
    this.api = api;
  }

  LiveState readLive(Instant now) {
    Instant end = TimeRange.roundUp(now.plusMillis(1), ChronoUnit.MINUTES);
    TimeRange recent = new TimeRange(end.minus(PEOPLE_WINDOW), end);
    TimeRange series = new TimeRange(end.minus(Duration.ofMinutes(SERIES_MINUTES)), end);
    Map<Instant, ApiCalls> calls = api.readMinutes(series);
    ApiCalls recentCalls = new ApiCalls();
    calls.forEach((minute, merged) -> {
      if (!minute.isBefore(recent.from())) {
        recentCalls.add(merged);
      }
    });
    long requests = recentCalls.requests();
    double elapsedSeconds = Duration.between(recent.from(), now).toMillis() / 1000.0;
    return new LiveState(
        count(PEOPLE, recent),
        PEOPLE_WINDOW.toSeconds(),
        count(STORED, new TimeRange(now.minus(RATE_WINDOW), now))
            / (double) RATE_WINDOW.toSeconds(),
        requests / elapsedSeconds,
        recentCalls.errorRate(),
        recentCalls.percentile(0.95),
        series(series, calls));
  }

  private List<LiveMinute> series(TimeRange range, Map<Instant, ApiCalls> calls) {
    Map<Instant, Long> records = new HashMap<>();
    List<OffsetDateTime> bounds = new ArrayList<>();
    for (int rollup = 0; rollup < 4; rollup++) {
      bounds.add(range.fromUtc());
      bounds.add(range.toUtc());
    }
    jdbc.sql(RECORDS)
        .params(bounds)
        .query(row -> {
          records.put(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2));
        });
    List<LiveMinute> minutes = new ArrayList<>();
    for (Instant at = range.from(); at.isBefore(range.to()); at = at.plus(1, ChronoUnit.MINUTES)) {
      ApiCalls minute = calls.getOrDefault(at, new ApiCalls());
      minutes.add(
          new LiveMinute(
              at,
              records.getOrDefault(at, 0L),
              minute.requests(),
              minute.errors(),
              minute.percentile(0.95)));
    }
    return minutes;
  }

  private long count(String sql, TimeRange range) {
    return jdbc.sql(sql)
        .param(range.from().atOffset(ZoneOffset.UTC))
        .param(range.to().atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }
}
