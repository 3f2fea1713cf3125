package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import io.tidemark.testing.TestDatabase;
import io.tidemark.testing.TestPostgres;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What was stored of subscriptions and people before statuses had a meaning, currencies were in
/// capitals and people were seen since their earliest record (migrations 20 and 21).
class SubscriptionMigrationIT {

  private static final String BEFORE =
      """
      SET search_path = %1$s;
      CREATE TABLE user_event_detail_2026_06 PARTITION OF user_event_detail FOR VALUES FROM ('2026-06-01Z') TO ('2026-07-01Z');
      CREATE TABLE api_response_time_detail_2026_06 PARTITION OF api_response_time_detail FOR VALUES FROM ('2026-06-01Z') TO ('2026-07-01Z');
      INSERT INTO app_user (user_id, first_seen_at, described_at) VALUES
        ('event', '2026-06-20Z', NULL), ('call', '2026-06-20Z', NULL), ('told', '2026-06-20Z', '2026-06-03Z'),
        ('late', '2026-06-20Z', '2026-06-25Z');
      INSERT INTO fact_kind (fact, name, qualifier) VALUES ('user_event', 'e', ''), ('api_response_time', '/', 'GET');
      INSERT INTO user_event_detail (ts, batch_id, user_key, kind_id) VALUES ('2026-06-02Z', 1, 1, 1), ('2026-06-01Z', 1, 1, 1), ('2026-06-01Z', 1, NULL, 1);
      INSERT INTO api_response_time_detail (ts, batch_id, user_key, kind_id, status_code) VALUES ('2026-06-05Z', 1, 2, 2, 200);
      INSERT INTO subscription (subscription_id, user_key, tier, price, currency, status, started_at, ended_at, described_at) VALUES
        ('a', 1, 'pro', 1, 'eur', 'TRIALING', NULL, NULL, '2026-06-10Z'),
        ('b', 1, 'pro', 1, ' Eur ', ' Canceled', '2026-06-01Z', NULL, '2026-06-10Z'),
        ('c', 1, 'pro', 1, ' ', ' ', '2026-06-01Z', '2026-06-09Z', '2026-06-10Z'),
        ('d', 1, 'pro', 1, NULL, NULL, '2026-06-01Z', NULL, '2026-06-10Z');
      UPDATE subscription SET currency = 'EUR', described_at = '2026-06-11Z' WHERE subscription_id = 'a';
      UPDATE subscription SET price = 2, described_at = '2026-06-12Z' WHERE subscription_id = 'a'
      """
          .formatted(MigratedDatabase.SCHEMA);

  private final TestDatabase database = TestPostgres.newEmptyDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void migration_whatIsStored_isAsIfItHadBeenSentToday() {
    migrate("19");
    jdbc.sql(BEFORE).update();

    migrate("21");

    assertThat(
            rows(
                "SELECT concat_ws(' ', subscription_id, currency, starts_at AT TIME ZONE 'UTC', ends_at AT TIME ZONE 'UTC') FROM %s.subscription_period ORDER BY 1"))
        .containsExactly(
            "a EUR 2026-06-11 00:00:00 infinity",
            "b EUR 2026-06-01 00:00:00 2026-06-10 00:00:00",
            "c 2026-06-01 00:00:00 2026-06-09 00:00:00",
            "d 2026-06-01 00:00:00 infinity");
    assertThat(
            rows(
                "SELECT concat_ws(' ', currency_before, price_before, currency, price) FROM %s.subscription_change"))
        .as("that eur became EUR is no change")
        .containsExactly("EUR 1 EUR 2");
    assertThat(
            rows(
                "SELECT user_id || ' ' || (first_seen_at AT TIME ZONE 'UTC')::date FROM %s.app_user ORDER BY user_key"))
        .containsExactly(
            "event 2026-06-01", "call 2026-06-05", "told 2026-06-03", "late 2026-06-20");
  }

  private List<String> rows(String sql) {
    return jdbc.sql(sql.formatted(MigratedDatabase.SCHEMA)).query(String.class).list();
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .defaultSchema(MigratedDatabase.SCHEMA)
        .schemas(MigratedDatabase.SCHEMA)
        .table("schema_history")
        .target(version)
        .load()
        .migrate();
  }
}
