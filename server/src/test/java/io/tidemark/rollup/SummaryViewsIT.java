package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.IngestProperties;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The summaries say what plain SQL over detail says.
class SummaryViewsIT {

  private static final Instant START = Instant.parse("2026-03-29T23:15:00Z");

  private static MigratedDatabase database;

  @BeforeAll
  static void fill() throws Exception {
    database = MigratedDatabase.open();
    Partitions partitions = new Partitions(database.dataSource(), 1, InstantSource.fixed(START));
    RandomFacts facts = new RandomFacts(21, START, Duration.ofDays(5));
    Rollups rollups = Refreshers.of(database.dataSource(), partitions, InstantSource.fixed(START));
    try (GroupCommit intake =
        new GroupCommit(
            database.dataSource(),
            QuietWatch.create(),
            partitions,
            new IngestProperties(1, 1_000, 10_000),
            new SimpleMeterRegistry())) {
      for (int group = 0; group < 4; group++) {
        intake.store(new ArrayList<CapturedRecord>(facts.next(1_200)));
        rollups.refresh();
      }
    }
    rollups.refreshAll();
    database
        .jdbc()
        .sql(
            "INSERT INTO engagement_weight VALUES ('event page_view', 2.5), ('event image_upload', 0), ('never seen', 9)")
        .update();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void dailyPerformanceSummary_equalsDetail() {
    assertSame(
        """
        SELECT date, avg_response_time, p95_response_time, p99_response_time, total_requests, error_rate, cache_hit_rate
          FROM daily_performance_summary ORDER BY date
        """,
        """
        SELECT (ts AT TIME ZONE 'UTC')::date, avg(least(response_time_ms, 1e30)) FILTER (WHERE response_time_ms IS NOT NULL),
               least(percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms), 1e30),
               least(percentile_disc(0.99) WITHIN GROUP (ORDER BY response_time_ms), 1e30),
               count(*), avg((status_code >= 500)::int), avg(cache_hit::int)
          FROM api_response_time GROUP BY 1 ORDER BY 1
        """,
        0,
        1e-9,
        0.010_001,
        0.010_001,
        0,
        1e-9,
        1e-9);
  }

  @Test
  void hourlyPerformanceSummary_equalsDetail() {
    assertSame(
        """
        SELECT hour, endpoint, avg_response_time, request_count, error_count
          FROM hourly_performance_summary ORDER BY hour, endpoint
        """,
        """
        SELECT date_trunc('hour', ts), endpoint, avg(least(response_time_ms, 1e30)) FILTER (WHERE response_time_ms IS NOT NULL),
               count(*), count(*) FILTER (WHERE status_code >= 500)
          FROM api_response_time GROUP BY 1, 2 ORDER BY 1, 2
        """,
        0,
        0,
        1e-9,
        0,
        0);
  }

  @Test
  void userEngagementScores_equalDetail() {
    assertSame(
        """
        SELECT user_key, total_events, engagement_score, last_activity FROM user_engagement_scores ORDER BY user_key
        """,
        """
        SELECT user_key, count(*),
               sum(CASE event_type WHEN 'event page_view' THEN 2.5 WHEN 'event image_upload' THEN 0 ELSE 1 END), max(ts)
          FROM user_event WHERE user_key IS NOT NULL GROUP BY user_key ORDER BY user_key
        """,
        0,
        0,
        1e-9,
        0);
  }

  @Test
  void funnelCompletionRates_equalDetail() {
    assertSame(
        """
        SELECT date, step, step_completions, unique_users FROM funnel_completion_rates ORDER BY date, step
        """,
        """
        SELECT (ts AT TIME ZONE 'UTC')::date, step, count(*), count(DISTINCT user_key)
          FROM conversion_funnel GROUP BY 1, 2 ORDER BY 1, 2
        """,
        0,
        0,
        0,
        0);
  }

  /// @param errors relative error allowed, column by column; 0 for exactly
  private static void assertSame(String view, String plain, double... errors) {
    List<List<Object>> expected = rows(plain, errors.length);
    List<List<Object>> actual = rows(view, errors.length);
    assertThat(actual).hasSameSizeAs(expected).hasSizeGreaterThan(4);
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < errors.length; column++) {
        Object wanted = expected.get(row).get(column);
        Object found = actual.get(row).get(column);
        if (errors[column] == 0 || wanted == null || found == null) {
          assertThat(found).as("row %d of %s", row, view).isEqualTo(wanted);
        } else {
          double exact = number(wanted);
          assertThat(Math.abs(number(found) - exact))
              .as("%s instead of %s in row %d of %s", found, wanted, row, view)
              .isLessThanOrEqualTo(Math.abs(exact) * errors[column]);
        }
      }
    }
  }

  private static List<List<Object>> rows(String sql, int columns) {
    return database
        .jdbc()
        .sql(sql)
        .query((row, number) -> {
          List<Object> values = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            values.add(row.getObject(column));
          }
          return values;
        })
        .list();
  }

  private static double number(Object value) {
    return new BigDecimal(value.toString()).doubleValue();
  }
}
