package io.tidemark.insight;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is there to be asked about, from rollups. Thread-safe.
final class CoverageReader {

  /// @param fact name of the fact table
  /// @param first start of the hour of the earliest record; null when there is none
  /// @param last end of the hour of the latest record; null when there is none
  record FactCoverage(String fact, @Nullable Instant first, @Nullable Instant last, long records) {}

  /// The hours of its first day and of its last are looked at, and of the others only the days.
  private static final String COVERAGE =
      """
      SELECT /* insight.coverage */ '%1$s', first.hour, last.hour + interval '1 hour', coalesce(records, 0)
        FROM (SELECT min(bucket) AS first_day, max(bucket) AS last_day, sum(%3$s) AS records
                FROM %2$s WHERE grain = 'day') AS day
       CROSS JOIN LATERAL (SELECT min(bucket) AS hour FROM (
               SELECT bucket FROM %2$s
                WHERE grain = 'hour' AND bucket >= first_day AND bucket < first_day + interval '24 hours' OFFSET 0) AS hours) AS first
       CROSS JOIN LATERAL (SELECT max(bucket) AS hour FROM (
               SELECT bucket FROM %2$s
                WHERE grain = 'hour' AND bucket >= last_day AND bucket < last_day + interval '24 hours' OFFSET 0) AS hours) AS last
      """;

  private static final String ALL =
      String.join(
          " UNION ALL ",
          COVERAGE.formatted("user_event", "event_rollup", "events"),
          COVERAGE.formatted("conversion_funnel", "funnel_rollup", "completions"),
          COVERAGE.formatted("performance_metric", "metric_rollup", "samples"),
          COVERAGE.formatted("api_response_time", "api_total_rollup", "requests"));

  private final JdbcClient jdbc;

  CoverageReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<FactCoverage> readCoverage() {
    return jdbc.sql(ALL)
        .query((row, number) ->
            new FactCoverage(
                row.getString(1),
                instant(row.getObject(2, OffsetDateTime.class)),
                instant(row.getObject(3, OffsetDateTime.class)),
                row.getLong(4)))
        .list();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
