package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import io.tidemark.testing.TestDatabase;
import io.tidemark.testing.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What rollups held before sets of people became wider (migration 13) and calls had a total
/// (migration 14).
class RollupMigrationIT {

  private static final String BEFORE =
      """
      SET search_path = %s;
      INSERT INTO people_rollup (grain, bucket, fact, key, chunk, people)
      SELECT 'day', timestamptz '2026-06-10Z', 'conversion_funnel', key, user_key / 4096,
             bit_or(set_bit(0::bit(4096), (user_key %% 4096)::integer, 1))
        FROM (VALUES ('a', 1), ('a', 4095), ('a', 4096), ('a', 32767), ('a', 32768), ('a', 100000), ('b', 40000)) AS person (key, user_key)
       GROUP BY key, user_key / 4096;
      INSERT INTO funnel_rollup (grain, bucket, step, completions) VALUES ('day', '2026-06-10Z', 'a', 9), ('day', '2026-06-10Z', 'b', 1);
      INSERT INTO api_rollup (grain, bucket, endpoint, method, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
                              total_ms, max_ms, latency_values, latency_counts)
      VALUES ('day', '2026-06-10Z', '/a', 'GET', 5, 3, 1, 0, 1, 2, 60, 30, '{10, 20, 30}', '{1, 1, 1}'),
             ('day', '2026-06-10Z', '/b', 'GET', 7, 7, 0, 2, 0, 0, 150, 40, '{20, 40}', '{6, 1}'),
             ('day', '2026-06-11Z', '/b', 'GET', 1, 0, 0, 0, 0, 0, 0, NULL, '{}', '{}')
      """
          .formatted(MigratedDatabase.SCHEMA);

  private final TestDatabase database = TestPostgres.newEmptyDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  @BeforeEach
  void migrateToTwelve() {
    migrate("12");
    jdbc.sql(BEFORE).update();
    migrate("latest");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void migration_setsOfPeople_holdTheSamePeople() {
    assertThat(
            jdbc.sql(
                    """
                    SELECT key || ' ' || chunk * 32768 + place
                      FROM %s.people_rollup, generate_series(0, 32767) AS place
                     WHERE get_bit(people, place) = 1
                     ORDER BY key, chunk * 32768 + place
                    """
                        .formatted(MigratedDatabase.SCHEMA))
                .query(String.class)
                .list())
        .containsExactly("a 1", "a 4095", "a 4096", "a 32767", "a 32768", "a 100000", "b 40000");
  }

  @Test
  void migration_funnelCompletionRates_countPeopleAsBefore() {
    assertThat(
            jdbc.sql(
                    "SELECT step || ' ' || step_completions || ' ' || unique_users FROM %s.funnel_completion_rates ORDER BY 1"
                        .formatted(MigratedDatabase.SCHEMA))
                .query(String.class)
                .list())
        .containsExactly("a 9 6", "b 1 1");
  }

  @Test
  void migration_calls_haveTheirTotal() {
    assertThat(
            jdbc.sql(
                    """
                    SELECT concat_ws(' ', requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms,
                                     p50_ms, p95_ms, latency_values, latency_counts)
                      FROM %s.api_total_rollup ORDER BY bucket
                    """
                        .formatted(MigratedDatabase.SCHEMA))
                .query(String.class)
                .list())
        .containsExactly(
            "12 10 1 2 1 2 210 40 20 40 {10,20,30,40} {1,7,1,1}", "1 0 0 0 0 0 0 {} {}");
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
