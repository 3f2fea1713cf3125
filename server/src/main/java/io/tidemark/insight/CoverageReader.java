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

  private static final String COVERAGE =
      """
      SELECT /* insight.coverage */ 'user_event', min(bucket), max(bucket) + interval '1 hour', coalesce(sum(events), 0)
        FROM event_rollup WHERE grain = 'hour'
      UNION ALL
      SELECT 'conversion_funnel', min(bucket), max(bucket) + interval '1 hour', coalesce(sum(completions), 0)
        FROM funnel_rollup WHERE grain = 'hour'
      UNION ALL
      SELECT 'performance_metric', min(bucket), max(bucket) + interval '1 hour', coalesce(sum(samples), 0)
        FROM metric_rollup WHERE grain = 'hour'
      UNION ALL
      SELECT 'api_response_time', min(bucket), max(bucket) + interval '1 hour', coalesce(sum(requests), 0)
        FROM api_rollup WHERE grain = 'hour'
      """;

  private final JdbcClient jdbc;

  CoverageReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<FactCoverage> readCoverage() {
    return jdbc.sql(COVERAGE)
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
