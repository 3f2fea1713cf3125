package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every view and every function that readers use says what slow, plain SQL over detail says.
/// Rollups themselves are compared by [RollupTruth].
final class ReaderTruth {

  /// Views that are compared in Java.
  static final Set<String> ROLLUPS =
      Set.of(
          "api_rollup",
          "api_total_rollup",
          "metric_rollup",
          "event_rollup",
          "funnel_rollup",
          "people_rollup",
          "person_activity");

  /// Views that there is nothing to compare with: detail, which all others are compared with, and
  /// the packed halves of rollups, which nothing but these reads.
  static final Set<String> NOT_COMPARED =
      Set.of(
          "user_event",
          "conversion_funnel",
          "performance_metric",
          "api_response_time",
          "api_rollup_from_packed",
          "api_total_rollup_from_packed",
          "metric_rollup_from_packed",
          "event_rollup_from_packed",
          "funnel_rollup_from_packed",
          "people_rollup_from_packed");

  /// What reads neither detail nor rollups: nothing, or tables that are not packed.
  static final Set<String> READ_NO_FACTS =
      Set.of("rollup_lock", "subscription_period", "subscription_status_meaning");

  /// Functions that change something, or are called by triggers: not for readers.
  static final Set<String> FOR_WRITERS =
      Set.of(
          "forget_kept_answers",
          "forget_kept_answers_of_people",
          "forget_kept_answers_of_stale_rollups",
          "keep_subscription_change",
          "remove_detail_of_person",
          "update_session");

  /// What is asked, and what it is to say. Columns of type real are percentiles, right to 1 %, and
  /// those of type double precision are means; all others must be equal.
  ///
  /// @param reader the view or function
  private record Comparison(String reader, String asked, String plain) {}

  /// Ranges that begin and end within minutes, hours and days, and all time.
  private static final String RANGES =
      """
      WITH range (n, starts_at, ends_at) AS (VALUES
        (1, timestamptz '2026-03-28 22:10:13.5Z', timestamptz '2026-03-31 03:05:59Z'), (2, '2026-03-29Z', '2026-03-30Z'),
        (3, '2026-03-29 07:00Z', '2026-03-29 09:30Z'), (4, '2026-03-29 23:59:59.999999Z', '2026-03-30 00:00:00.000001Z'),
        (5, '2026-03-27 20:15Z', '2026-04-03 20:15Z'), (6, '-infinity', 'infinity'))
      """;

  /// Where journeys begin: with a step that no step of the same session was within a day before.
  private static final String JOURNEYS =
      """
      WITH begin AS (
        SELECT DISTINCT user_key, session_id, ts
          FROM conversion_funnel AS step
         WHERE user_key IS NOT NULL AND session_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM conversion_funnel AS earlier
                            WHERE earlier.user_key = step.user_key AND earlier.session_id = step.session_id
                              AND earlier.ts < step.ts AND earlier.ts >= step.ts - interval '24 hours')
      ), step_of_journey AS (
        SELECT user_key, session_id, ts, step,
               (SELECT max(begin.ts) FROM begin
                 WHERE begin.user_key = step.user_key AND begin.session_id = step.session_id AND begin.ts <= step.ts) AS journey_start
          FROM conversion_funnel AS step
         WHERE user_key IS NOT NULL AND session_id IS NOT NULL
      )
      """;

  private static final String TOTALS =
      "requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms";

  private static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison(
              "daily_performance_summary",
              """
              SELECT date, avg_response_time, p95_response_time, p99_response_time, total_requests, error_rate, cache_hit_rate
                FROM daily_performance_summary
              """,
              """
              SELECT (ts AT TIME ZONE 'UTC')::date, avg(least(response_time_ms, 1e30)) FILTER (WHERE response_time_ms IS NOT NULL),
                     least(percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms), 1e30),
                     least(percentile_disc(0.99) WITHIN GROUP (ORDER BY response_time_ms), 1e30),
                     count(*), avg((status_code >= 500)::int), avg(cache_hit::int)
                FROM api_response_time GROUP BY 1
              """),
          new Comparison(
              "hourly_performance_summary",
              "SELECT hour, endpoint, avg_response_time, request_count, error_count FROM hourly_performance_summary",
              """
              SELECT date_trunc('hour', ts), endpoint, avg(least(response_time_ms, 1e30)) FILTER (WHERE response_time_ms IS NOT NULL),
                     count(*), count(*) FILTER (WHERE status_code >= 500)
                FROM api_response_time GROUP BY 1, 2
              """),
          new Comparison(
              "user_engagement_scores",
              "SELECT user_key, total_events, engagement_score, last_activity FROM user_engagement_scores",
              """
              SELECT user_key, count(*), sum(CASE event_type WHEN 'download' THEN 2.5 WHEN 'share' THEN 0 ELSE 1 END), max(ts)
                FROM user_event WHERE user_key IS NOT NULL GROUP BY user_key
              """),
          new Comparison(
              "funnel_completion_rates",
              "SELECT date, step, step_completions, unique_users FROM funnel_completion_rates",
              """
              SELECT (ts AT TIME ZONE 'UTC')::date, step, count(*), count(DISTINCT user_key) FROM conversion_funnel GROUP BY 1, 2
              """),
          new Comparison(
              "performance_behavior_correlation",
              "SELECT date, metric_type, avg_performance, downloads, shares, people FROM performance_behavior_correlation",
              """
              WITH sample AS (SELECT (ts AT TIME ZONE 'UTC')::date AS day, type, value, user_key FROM performance_metric),
                   event AS (SELECT (ts AT TIME ZONE 'UTC')::date AS day, event_type, user_key FROM user_event)
              SELECT day, type, avg(value),
                     (SELECT count(DISTINCT user_key) FROM event WHERE event.day = sample.day AND event_type IN ('download', 'download_hd')
                         AND user_key IN (SELECT user_key FROM sample AS own WHERE own.day = sample.day AND own.type = sample.type)),
                     (SELECT count(DISTINCT user_key) FROM event WHERE event.day = sample.day AND event_type = 'share'
                         AND user_key IN (SELECT user_key FROM sample AS own WHERE own.day = sample.day AND own.type = sample.type)),
                     count(DISTINCT user_key)
                FROM sample GROUP BY day, type
              """),
          new Comparison(
              "user_journey_analysis",
              """
              SELECT user_key, subscription_tier, total_sessions, successful_sessions, conversion_rate, avg_processing_time
                FROM user_journey_analysis
              """,
              JOURNEYS
                  + """
                  , session AS (
                    SELECT user_key, bool_or(step = 'downloaded') AS is_successful FROM step_of_journey GROUP BY user_key, session_id, journey_start
                  )
                  SELECT user_key, subscription_tier,
                         (SELECT count(*) FROM session WHERE session.user_key = person.user_key),
                         (SELECT count(*) FROM session WHERE session.user_key = person.user_key AND is_successful),
                         (SELECT avg(is_successful::int) FROM session WHERE session.user_key = person.user_key),
                         (SELECT avg(value) FROM performance_metric AS sample WHERE sample.user_key = person.user_key AND type = 'processing')
                    FROM app_user AS person
                  """),
          new Comparison(
              "revenue_attribution",
              """
              SELECT user_key, session_id, journey_start, journey_end, steps_completed, journey_completed, subscription_tier, revenue_value,
                     revenue_currency, date
                FROM revenue_attribution
              """,
              JOURNEYS
                  + """
                  , journey AS (
                    SELECT user_key, session_id, journey_start, max(ts) AS journey_end, count(*) AS steps,
                           bool_or(step IN ('shared', 'result_share'))::int AS is_completed
                      FROM step_of_journey GROUP BY user_key, session_id, journey_start
                  )
                  SELECT user_key, session_id, journey_start, journey_end, steps, is_completed, tier, price, currency,
                         (journey_start AT TIME ZONE 'UTC')::date
                    FROM journey LEFT JOIN LATERAL (
                         SELECT * FROM subscription_period AS period
                          WHERE period.user_key = journey.user_key AND starts_at <= journey_end AND ends_at > journey_start
                          ORDER BY starts_at DESC, subscription_id DESC LIMIT 1) AS bought USING (user_key)
                  """),
          asKept("api", "endpoint, method, " + TOTALS, "latency"),
          asKept("api_total", TOTALS, "latency"),
          asKept(
              "metric", "type, unit, samples, total, smallest, largest, p50, p95, p99", "sample"),
          new Comparison(
              "rollup_cover",
              RANGES
                  + """
                  SELECT n, min(segment_start), max(segment_end), extract(epoch FROM sum(segment_end - segment_start))
                    FROM range CROSS JOIN LATERAL rollup_cover(starts_at, ends_at) WHERE n < 6 GROUP BY n
                  """,
              RANGES
                  + "SELECT n, starts_at, ends_at, extract(epoch FROM ends_at - starts_at) FROM range WHERE n < 6"),
          people("people_in", "person.user_key", "DISTINCT user_key"),
          people("distinct_people", "person", "count(DISTINCT user_key)"),
          new Comparison(
              "people_sets",
              RANGES
                  + """
                  SELECT n, chunk, people::text FROM range CROSS JOIN LATERAL people_sets('conversion_funnel', 'shared', starts_at, ends_at)
                  """,
              RANGES
                  + """
                  SELECT n, user_key / 32768, bit_or(set_bit(0::bit(32768), (user_key % 32768)::integer, 1))::text
                    FROM range JOIN conversion_funnel ON ts >= starts_at AND ts < ends_at WHERE step = 'shared' AND user_key IS NOT NULL GROUP BY 1, 2
                  """),
          new Comparison(
              "api_latency_histogram",
              RANGES
                  + """
                  SELECT n, value, count FROM range CROSS JOIN LATERAL api_latency_histogram(starts_at, ends_at, '/b') AS latency
                    CROSS JOIN LATERAL unnest((latency).bucket_values, (latency).bucket_counts) AS bucket (value, count)
                  """,
              RANGES
                  + """
                  SELECT n, histogram_bucket(response_time_ms), count(*) FROM range JOIN api_response_time ON ts >= starts_at AND ts < ends_at
                   WHERE endpoint = '/b' AND response_time_ms IS NOT NULL GROUP BY 1, 2
                  """),
          new Comparison(
              "metric_histogram",
              RANGES
                  + """
                  SELECT n, value, count FROM range CROSS JOIN LATERAL metric_histogram(starts_at, ends_at, 'LCP') AS sample
                    CROSS JOIN LATERAL unnest((sample).bucket_values, (sample).bucket_counts) AS bucket (value, count)
                  """,
              RANGES
                  + """
                  SELECT n, histogram_bucket(value), count(*) FROM range JOIN performance_metric ON ts >= starts_at AND ts < ends_at
                   WHERE type = 'LCP' GROUP BY 1, 2
                  """),
          new Comparison(
              "api_latency_percentile",
              RANGES
                  + "SELECT n, fraction::text, api_latency_percentile(fraction, starts_at, ends_at) FROM range, unnest('{0.1, 0.5, 0.95, 1}'::float8[]) AS fraction",
              RANGES
                  + """
                  SELECT n, fraction::text, (SELECT least(percentile_disc(fraction) WITHIN GROUP (ORDER BY response_time_ms), 1e30)
                                               FROM api_response_time WHERE ts >= starts_at AND ts < ends_at)
                    FROM range, unnest('{0.1, 0.5, 0.95, 1}'::float8[]) AS fraction
                  """),
          new Comparison(
              "metric_percentile",
              RANGES
                  + "SELECT n, fraction::text, metric_percentile(fraction, starts_at, ends_at, 'processing') FROM range, unnest('{0.1, 0.5, 0.95, 1}'::float8[]) AS fraction",
              RANGES
                  + """
                  SELECT n, fraction::text, (SELECT percentile_disc(fraction) WITHIN GROUP (ORDER BY value)
                                               FROM performance_metric WHERE ts >= starts_at AND ts < ends_at AND type = 'processing')
                    FROM range, unnest('{0.1, 0.5, 0.95, 1}'::float8[]) AS fraction
                  """));

  private final MigratedDatabase database;

  private ReaderTruth(MigratedDatabase database) {
    this.database = database;
  }

  /// What is compared with detail, by name of view or function.
  static Set<String> compared() {
    return Stream.concat(ROLLUPS.stream(), COMPARISONS.stream().map(Comparison::reader))
        .collect(Collectors.toSet());
  }

  /// What the views need to know of [RandomUse].
  static void configure(MigratedDatabase database) {
    Map<String, List<String>> settings =
        Map.of(
            "last-steps", RandomUse.LAST_STEPS,
            "converting-steps", RandomUse.CONVERTING_STEPS,
            "download-events", RandomUse.DOWNLOAD_EVENTS,
            "share-events", RandomUse.SHARE_EVENTS,
            "processing-metrics", RandomUse.PROCESSING_METRICS);
    settings.forEach((setting, values) ->
        values.forEach(value ->
            database
                .jdbc()
                .sql("INSERT INTO insight_setting VALUES (?, ?)")
                .params(setting, value)
                .update()));
    RandomUse.WEIGHTS.forEach((event, weight) ->
        database
            .jdbc()
            .sql("INSERT INTO engagement_weight VALUES (?, ?)")
            .params(event, weight)
            .update());
  }

  /// @param when in the words of a failure
  static void assertEqualsDetail(MigratedDatabase database, String when) {
    RollupTruth.assertEqualsDetail(database);
    assertReadersEqualDetail(database, when);
  }

  /// The same without rollups themselves, whose minutes may have been deleted.
  static void assertReadersEqualDetail(MigratedDatabase database, String when) {
    ReaderTruth truth = new ReaderTruth(database);
    for (Comparison comparison : COMPARISONS) {
      truth.assertSame(comparison, when);
    }
  }

  private void assertSame(Comparison comparison, String when) {
    List<List<@Nullable Object>> expected = rows(comparison.plain());
    List<List<@Nullable Object>> told = rows(comparison.asked());
    String what = comparison.reader() + " " + when;
    assertThat(told).as(what).hasSameSizeAs(expected).hasSizeGreaterThan(2);
    for (int row = 0; row < told.size(); row++) {
      for (int column = 0; column < told.get(row).size(); column++) {
        assertThat(isSame(told.get(row).get(column), expected.get(row).get(column)))
            .as("%s: %s instead of %s", what, told.get(row), expected.get(row))
            .isTrue();
      }
    }
  }

  private static boolean isSame(@Nullable Object told, @Nullable Object expected) {
    if (told == null || expected == null || !(told instanceof Float || told instanceof Double)) {
      return told == null ? expected == null : told.equals(expected);
    }
    double exact = number(expected);
    double tolerance = told instanceof Float ? 0.010_001 : 1e-9;
    return Math.abs(number(told) - exact) <= Math.abs(exact) * tolerance + 1e-30;
  }

  /// In the order of all that must be equal.
  private List<List<@Nullable Object>> rows(String sql) {
    List<List<@Nullable Object>> rows =
        new ArrayList<>(database.jdbc().sql(sql).query((row, number) -> values(row)).list());
    rows.sort((one, other) -> order(one).compareTo(order(other)));
    return rows;
  }

  private static List<@Nullable Object> values(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    List<@Nullable Object> values = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      Object value = row.getObject(column);
      values.add(
          switch (value) {
            case Array array -> Arrays.asList((Object[]) array.getArray());
            case BigDecimal exact -> exact.stripTrailingZeros();
            case Integer whole -> whole.longValue();
            case null, default -> value;
          });
    }
    return values;
  }

  private static String order(List<@Nullable Object> row) {
    return row.stream()
        .filter(value ->
            !(value instanceof Double || value instanceof Float || value instanceof BigDecimal))
        .map(String::valueOf)
        .collect(Collectors.joining(" · "));
  }

  private static double number(Object value) {
    return new BigDecimal(value.toString()).doubleValue();
  }

  /// The rows of a rollup with distributions as they are kept: the same as the rollup's.
  private static Comparison asKept(String rollup, String columns, String samples) {
    return new Comparison(
        rollup + "_rollup_as_kept",
        "SELECT grain, bucket, %1$s, coalesce(%2$s_values, histogram_values(%2$s_steps)), %2$s_counts FROM %3$s_rollup_as_kept"
            .formatted(columns, samples, rollup),
        "SELECT grain, bucket, %1$s, %2$s_values, %2$s_counts FROM %3$s_rollup"
            .formatted(columns, samples, rollup));
  }

  private static Comparison people(String function, String asked, String expected) {
    return new Comparison(
        function,
        RANGES
            + """
            , asked (fact, key) AS (VALUES ('user_event', 'download'), ('user_event', NULL), ('conversion_funnel', 'shared'),
                                           ('performance_metric', 'LCP'), ('api_response_time', NULL))
            SELECT n, fact, key, %s FROM range CROSS JOIN asked CROSS JOIN LATERAL %s(fact, key, starts_at, ends_at) AS person
            """
                .formatted(asked, function),
        RANGES
            + """
            , asked (fact, key) AS (VALUES ('user_event', 'download'), ('user_event', NULL), ('conversion_funnel', 'shared'),
                                           ('performance_metric', 'LCP'), ('api_response_time', NULL)),
              happened (happened_fact, name, ts, user_key) AS (
                SELECT 'user_event', event_type, ts, user_key FROM user_event UNION ALL
                SELECT 'conversion_funnel', step, ts, user_key FROM conversion_funnel UNION ALL
                SELECT 'performance_metric', type, ts, user_key FROM performance_metric UNION ALL
                SELECT 'api_response_time', endpoint, ts, user_key FROM api_response_time)
            SELECT n, fact, key, person FROM range CROSS JOIN asked CROSS JOIN LATERAL (
              SELECT %s AS person FROM happened
               WHERE happened_fact = fact AND (key IS NULL OR name = key) AND ts >= starts_at AND ts < ends_at AND user_key IS NOT NULL) AS counted
            """
                .formatted(expected));
  }
}
