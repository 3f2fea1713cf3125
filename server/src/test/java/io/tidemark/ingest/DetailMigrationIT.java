package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import io.tidemark.testing.TestDatabase;
import io.tidemark.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What was stored before names became numbers (migration 11).
class DetailMigrationIT {

  private static final List<String> FACTS =
      List.of("user_event", "conversion_funnel", "performance_metric", "api_response_time");

  private static final String SCHEMA = MigratedDatabase.SCHEMA;

  /// Two months, a partition without rows, nulls wherever they may be, names that several facts
  /// have in common.
  private static final String BEFORE =
      """
      SET search_path = %1$s;
      CREATE TABLE user_event_2026_06 PARTITION OF user_event FOR VALUES FROM ('2026-06-01Z') TO ('2026-07-01Z');
      CREATE TABLE user_event_2026_07 PARTITION OF user_event FOR VALUES FROM ('2026-07-01Z') TO ('2026-08-01Z');
      CREATE TABLE user_event_2026_08 PARTITION OF user_event FOR VALUES FROM ('2026-08-01Z') TO ('2026-09-01Z');
      CREATE TABLE conversion_funnel_2026_06 PARTITION OF conversion_funnel FOR VALUES FROM ('2026-06-01Z') TO ('2026-07-01Z');
      CREATE TABLE conversion_funnel_2026_07 PARTITION OF conversion_funnel FOR VALUES FROM ('2026-07-01Z') TO ('2026-08-01Z');
      CREATE TABLE performance_metric_2026_06 PARTITION OF performance_metric FOR VALUES FROM ('2026-06-01Z') TO ('2026-07-01Z');
      CREATE TABLE performance_metric_2026_07 PARTITION OF performance_metric FOR VALUES FROM ('2026-07-01Z') TO ('2026-08-01Z');
      CREATE TABLE api_response_time_2026_06 PARTITION OF api_response_time FOR VALUES FROM ('2026-06-01Z') TO ('2026-07-01Z');
      CREATE TABLE api_response_time_2026_07 PARTITION OF api_response_time FOR VALUES FROM ('2026-07-01Z') TO ('2026-08-01Z');
      CREATE TEMPORARY TABLE sample AS
      SELECT n, timestamptz '2026-06-10Z' + n * interval '1 hour' AS ts, n / 7 AS batch_id, nullif(n %% 5, 0) AS user_key,
             'word ' || n %% 6 AS word, CASE WHEN n %% 3 > 0 THEN 'ü' || n %% 2 END AS other,
             CASE n %% 4 WHEN 0 THEN jsonb_build_object('n', n) END AS properties
        FROM generate_series(1, 800) AS n;
      INSERT INTO user_event (ts, batch_id, user_key, event_type, session_id, page, properties)
      SELECT ts, batch_id, user_key, word, other, word, properties FROM sample;
      INSERT INTO conversion_funnel (ts, batch_id, user_key, step, session_id, effect_id, properties)
      SELECT ts, batch_id, user_key, word, word, other, properties FROM sample;
      INSERT INTO performance_metric (ts, batch_id, user_key, value, type, unit, session_id, page, properties)
      SELECT ts, batch_id, user_key, n / 7.0, word, other, word, other, properties FROM sample;
      INSERT INTO api_response_time (ts, batch_id, user_key, response_time_ms, status_code, cache_hit, endpoint, method, session_id, properties)
      SELECT ts, batch_id, user_key, nullif(n / 7.0, 1), 100 + n %% 500, CASE n %% 3 WHEN 0 THEN n %% 2 = 0 END,
             word, CASE n %% 2 WHEN 0 THEN 'GET' ELSE 'PUT' END, other, properties
        FROM sample;
      GRANT SELECT ON user_event, api_response_time TO pg_monitor;
      GRANT SELECT ON performance_metric TO PUBLIC
      """
          .formatted(SCHEMA);

  private final TestDatabase database = TestPostgres.newEmptyDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  @BeforeEach
  void migrateToTen() {
    migrate("10");
    jdbc.sql(BEFORE).update();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void migration_rowsOfAllFacts_areTheSameThroughTheViews() {
    List<String> before = rows();

    migrate("11");

    assertThat(before).hasSize(3_200);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void migration_columns_keepNamesOrderTypesAndComments() {
    List<String> before = columns();

    migrate("11");

    assertThat(before).hasSize(7 + 7 + 9 + 10);
    assertThat(columns()).isEqualTo(before);
  }

  @Test
  void migration_partitions_areMovedAndHaveTheirIndexes() {
    migrate("11");

    assertThat(
            jdbc.sql(
                    """
                    SELECT relname || ' ' || (SELECT count(*) FROM pg_index WHERE indrelid = pg_class.oid)
                      FROM pg_class
                     WHERE relkind = 'r' AND relname LIKE 'user_event%' ORDER BY 1
                    """)
                .query(String.class)
                .list())
        .containsExactly(
            "user_event_detail_2026_06 2",
            "user_event_detail_2026_07 2",
            "user_event_detail_2026_08 2");
  }

  @Test
  void migration_whoMightReadATable_mayReadItsView() {
    migrate("11");

    assertThat(
            jdbc.sql(
                    """
                    SELECT fact FROM unnest(?) AS fact
                     WHERE has_table_privilege('pg_monitor', ? || '.' || fact, 'SELECT')
                    """)
                .param(FACTS.toArray(String[]::new))
                .param(SCHEMA)
                .query(String.class)
                .list())
        .containsExactly("user_event", "performance_metric", "api_response_time");
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (String fact : FACTS) {
      rows.addAll(
          jdbc.sql(
                  "SELECT row_to_json(fact)::text FROM %s.%s AS fact ORDER BY ts"
                      .formatted(SCHEMA, fact))
              .query(String.class)
              .list());
    }
    return rows;
  }

  private List<String> columns() {
    return jdbc.sql(
            """
            SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), col_description(attrelid, attnum))
              FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
             WHERE relnamespace = ?::regnamespace AND relname = ANY (?) AND attnum > 0 ORDER BY relname, attnum
            """)
        .param(SCHEMA)
        .param(FACTS.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .table("schema_history")
        .target(version)
        .load()
        .migrate();
  }
}
