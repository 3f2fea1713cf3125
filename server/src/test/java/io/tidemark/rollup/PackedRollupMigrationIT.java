package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import io.tidemark.testing.TestDatabase;
import io.tidemark.testing.TestPostgres;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What was packed before distributions were packed as steps (migration 18) says the same after it.
class PackedRollupMigrationIT {

  private static final String BEFORE =
      """
      SET search_path = %s;
      INSERT INTO fact_kind (fact, name) VALUES ('user_event', 'a'), ('user_event', 'b'), ('user_event', 'c');
      INSERT INTO engagement_weight (event_type, weight) VALUES ('b', 2.5), ('c', 1), ('never', 7);
      INSERT INTO person_events (user_key, last_at, event_kinds, events)
      SELECT person, timestamptz '2026-06-10Z' + person * interval '1 day', array_agg(kind_id ORDER BY kind_id), array_agg(kind_id ORDER BY kind_id)
        FROM generate_series(1, 3) AS person, fact_kind
       WHERE name <= (ARRAY['a', 'b', 'c'])[person]
       GROUP BY person;
      INSERT INTO api_rollup_packed (grain, bucket, slot, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms,
                                     p50_ms, p95_ms, p99_ms, endpoint, method, latency_buckets, latency_end, latency_values, latency_counts)
      SELECT grain, timestamptz '2026-06-10Z' + day * interval '1 day', 0, '{9, 2, 3}', '{7, 0, 3}', '{0, 1, 0}', '{1, 0, 0}', '{1, 2, 3}', '{4, 5, 6}',
             '{1.5, 0, 700}', '{1, NULL, 500}', '{1, NULL, 2}', '{1, NULL, 3}', '{1, NULL, 4}', '{/a, /a, /b}', '{GET, PUT, GET}',
             '{3, 0, 2}', '{3, 3, 5}',
             ARRAY[0, histogram_bucket(1e-30), histogram_bucket(5), histogram_bucket(0.1), histogram_bucket(1e30)]::real[], '{1, 2, 4, 1, 2}'
        FROM unnest('{minute, hour, day}'::text[]) AS grain, generate_series(0, 3) AS day;
      INSERT INTO metric_rollup_packed (grain, bucket, slot, samples, total, smallest, largest, p50, p95, p99, type, unit,
                                        sample_buckets, sample_end, sample_values, sample_counts)
      SELECT grain, '2026-06-10Z', 0, '{6, 1}', '{1, 2}', '{-5, 2}', '{5, 2}', '{0, 2}', '{5, 2}', '{5, 2}', '{CLS, LCP}', '{NULL, ms}', '{4, 1}', '{4, 5}',
             ARRAY[histogram_bucket(-1e30), histogram_bucket(-5), 0, histogram_bucket(5), histogram_bucket(2)]::real[], '{1, 2, 2, 1, 1}'
        FROM unnest('{minute, hour}'::text[]) AS grain;
      INSERT INTO api_total_rollup (grain, bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms,
                                    p50_ms, p95_ms, p99_ms, latency_values, latency_counts)
      SELECT grain, '2026-06-10Z', 3000000000, 7, 1, 1, 1, 4, 1.5, 1, 1, 2, 3, ARRAY[histogram_bucket(5), histogram_bucket(6)], '{3, 4}'
        FROM unnest('{minute, hour, day}'::text[]) AS grain
      """
          .formatted(MigratedDatabase.SCHEMA);

  private final TestDatabase database = TestPostgres.newEmptyDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api_rollup",
        "api_total_rollup",
        "metric_rollup",
        "person_activity",
        "user_engagement_scores",
        "daily_performance_summary",
        "hourly_performance_summary"
      })
  void migration_whatIsPacked_saysTheSame(String view) {
    migrate("17");
    jdbc.sql(BEFORE).update();
    List<String> before = rows(view);

    migrate("latest");

    assertThat(rows(view)).isNotEmpty().isEqualTo(before);
  }

  @Test
  void migration_packedDistributions_areShownAsValuesOfTheSameBuckets() {
    migrate("17");
    jdbc.sql(BEFORE).update();

    migrate("latest");

    assertThat(
            jdbc.sql(
                    "SELECT latency_steps::text FROM %s.api_rollup_packed WHERE grain = 'day' LIMIT 1"
                        .formatted(MigratedDatabase.SCHEMA))
                .query(String.class)
                .single())
        .isEqualTo("{0,1,3570,3373,3605}");
  }

  private List<String> rows(String view) {
    return jdbc.sql(
            "SELECT shown::text FROM %s.%s AS shown ORDER BY 1"
                .formatted(MigratedDatabase.SCHEMA, view))
        .query(String.class)
        .list();
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .schemas(MigratedDatabase.SCHEMA)
        .table("schema_history")
        .target(version)
        .load()
        .migrate();
  }
}
