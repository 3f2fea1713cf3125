package io.tidemark.insight;

/// The questions as plain SQL over detail; columns bear the names of the answers' fields.
final class DetailSql {

  private DetailSql() {}

  private static final String FACTS =
      """
      (SELECT ts, user_key FROM user_event UNION ALL SELECT ts, user_key FROM conversion_funnel UNION ALL
       SELECT ts, user_key FROM performance_metric UNION ALL SELECT ts, user_key FROM api_response_time)
      """;

  static final String LIVE =
      """
      WITH bounds AS (SELECT CAST(? AS timestamptz) AS starts_at, CAST(? AS timestamptz) AS ends_at)
      SELECT (SELECT count(DISTINCT user_key) FROM %s AS fact WHERE ts >= starts_at AND ts < ends_at) AS people,
             (SELECT avg((status_code >= 500)::int)::float8 FROM api_response_time WHERE ts >= starts_at AND ts < ends_at) AS error_rate,
             (SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms) FROM api_response_time
               WHERE ts >= starts_at AND ts < ends_at) AS p95_ms
        FROM bounds
      """
          .formatted(FACTS);

  static final String LIVE_SERIES =
      """
      SELECT minute AS at,
             (SELECT count(*) FROM %s AS fact WHERE ts >= minute AND ts < minute + interval '1 minute') AS records,
             count(endpoint) AS requests, count(*) FILTER (WHERE status_code >= 500) AS errors,
             percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms) AS p95_ms
        FROM generate_series(CAST(? AS timestamptz), CAST(? AS timestamptz) - interval '1 minute', interval '1 minute') AS minute
        LEFT JOIN api_response_time ON ts >= minute AND ts < minute + interval '1 minute'
       GROUP BY minute ORDER BY minute
      """
          .formatted(FACTS);

  static final String ENDPOINTS =
      """
      SELECT endpoint, method, count(*) AS requests, count(*) FILTER (WHERE status_code >= 500) AS errors,
             avg((status_code >= 500)::int)::float8 AS error_rate,
             count(*) FILTER (WHERE status_code BETWEEN 400 AND 499) AS client_errors,
             avg(response_time_ms) AS avg_ms, max(response_time_ms) AS max_ms, avg(cache_hit::int)::float8 AS cache_hit_rate,
             percentile_disc(0.50) WITHIN GROUP (ORDER BY response_time_ms) AS p50_ms,
             percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms) AS p95_ms,
             percentile_disc(0.99) WITHIN GROUP (ORDER BY response_time_ms) AS p99_ms
        FROM api_response_time WHERE ts >= ? AND ts < ?
       GROUP BY endpoint, method
       ORDER BY count(*) DESC, endpoint COLLATE "C", method COLLATE "C"
      """;

  static final String TREND =
      """
      SELECT date_trunc(?, ts, ?) AS at, endpoint, count(*) AS requests, count(*) FILTER (WHERE status_code >= 500) AS errors,
             avg(response_time_ms) AS avg_ms, percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms) AS p95_ms
        FROM api_response_time WHERE ts >= ? AND ts < ? AND ? IN ('', endpoint)
       GROUP BY 1, endpoint ORDER BY 1, endpoint COLLATE "C"
      """;

  static final String TOTALS =
      """
      SELECT date_trunc(?, ts, ?) AS at, count(*) AS requests, count(*) FILTER (WHERE status_code >= 500) AS errors,
             avg((status_code >= 500)::int)::float8 AS error_rate,
             count(*) FILTER (WHERE status_code BETWEEN 400 AND 499) AS client_errors,
             avg(response_time_ms) AS avg_ms, max(response_time_ms) AS max_ms, avg(cache_hit::int)::float8 AS cache_hit_rate,
             percentile_disc(0.50) WITHIN GROUP (ORDER BY response_time_ms) AS p50_ms,
             percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms) AS p95_ms,
             percentile_disc(0.99) WITHIN GROUP (ORDER BY response_time_ms) AS p99_ms
        FROM api_response_time WHERE ts >= ? AND ts < ?
       GROUP BY 1 ORDER BY 1
      """;

  static final String METRICS =
      """
      SELECT type AS metric, max(unit COLLATE "C") AS unit, count(*) AS samples, avg(value) AS avg, min(value) AS min, max(value) AS max,
             percentile_disc(0.50) WITHIN GROUP (ORDER BY value) AS p50,
             percentile_disc(0.95) WITHIN GROUP (ORDER BY value) AS p95,
             percentile_disc(0.99) WITHIN GROUP (ORDER BY value) AS p99
        FROM performance_metric WHERE ts >= ? AND ts < ?
       GROUP BY type ORDER BY type COLLATE "C"
      """;

  /// The steps that the test configures come first.
  static final String FUNNEL_STEPS =
      """
      SELECT step, count(*) AS completions, count(DISTINCT user_key) AS people
        FROM conversion_funnel WHERE ts >= ? AND ts < ?
       GROUP BY step
       ORDER BY array_position(ARRAY['page_visit', 'image_upload', 'effect_select'], step), count(*) DESC
      """;

  static final String SESSIONS =
      """
      SELECT session_id, min(ts) AS started_at, max(ts) AS ended_at, count(*) AS events,
             array_agg(event_type ORDER BY ts) AS event_sequence
        FROM user_event JOIN app_user USING (user_key)
       WHERE (user_id = ? OR anonymous_id = ?) AND ts >= ? AND ts < ?
       GROUP BY session_id ORDER BY min(ts) DESC
      """;

  static final String COVERAGE =
      """
      SELECT fact, min(date_trunc('hour', ts)) AS first, max(date_trunc('hour', ts)) + interval '1 hour' AS last, count(*) AS records
        FROM (SELECT 1 AS place, 'user_event' AS fact, ts FROM user_event UNION ALL
              SELECT 2, 'conversion_funnel', ts FROM conversion_funnel UNION ALL
              SELECT 3, 'performance_metric', ts FROM performance_metric UNION ALL
              SELECT 4, 'api_response_time', ts FROM api_response_time) AS fact
       GROUP BY place, fact ORDER BY place
      """;
}
