package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.platform.DatabaseFault;
import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Group commit under the watch: what is slow is waited for, what is dead is not.
class WatchedIngestIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MigratedDatabase database = MigratedDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void store_databaseSlowButAlive_waitsForTheCommit() throws Exception {
    try (WatchedIngest ingest = new WatchedIngest(database, database.jdbcUrl());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker = lockBatches()) {
      Future<IngestOutcome> waiting = threads.submit(() -> ingest.store(Facts.events("s-", 0, 10)));

      await()
          .during(Duration.ofSeconds(2))
          .atMost(PATIENCE)
          .until(() -> ingest.isTakingRecords() && !waiting.isDone());
      blocker.rollback();

      assertThat(waiting.get()).isInstanceOf(IngestOutcome.Committed.class);
    }
  }

  @Test
  void store_networkSwallowsPackets_isAnsweredAndTheSameRecordsAreStoredLater() throws Exception {
    try (NetworkCable cable = new NetworkCable(database.jdbcUrl());
        WatchedIngest ingest = new WatchedIngest(database, cable.lead(database.jdbcUrl()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CapturedRecord> records = Facts.events("n-", 0, 10);
      Future<IngestOutcome> undecided;
      try (Connection blocker = lockBatches()) {
        undecided = threads.submit(() -> ingest.store(records));
        await().atMost(PATIENCE).until(this::isWriterBlocked);
        cable.pull();
        blocker.rollback();
      }

      assertThat(undecided.get(60, TimeUnit.SECONDS)).isInstanceOf(IngestOutcome.Unavailable.class);
      assertThat(ingest.findFault()).contains(DatabaseFault.SILENT);
      assertThat(ingest.store(records)).isInstanceOf(IngestOutcome.Unavailable.class);

      cable.plug();
      await()
          .atMost(PATIENCE)
          .until(() -> ingest.store(records) instanceof IngestOutcome.Committed);
    }
    assertThat(database.count("SELECT count(*) FROM user_event")).isEqualTo(10);
  }

  @Test
  void store_ordinaryRoleRunsOutOfConnections_isAnsweredAndGoesOn() throws Exception {
    String role = ordinaryRole();
    try (WatchedIngest ingest = new WatchedIngest(database, database.jdbcUrl(), role)) {
      assertThat(ingest.store(Facts.events("r-", 0, 10)))
          .isInstanceOf(IngestOutcome.Committed.class);

      execute("ALTER ROLE " + role + " CONNECTION LIMIT 0");
      cut(role);
      await()
          .atMost(PATIENCE)
          .until(() -> {
            ingest.store(Facts.events("r-", 10, 20));
            return ingest.findFault().isPresent();
          });
      assertThat(ingest.findFault()).contains(DatabaseFault.OUT_OF_CONNECTIONS);
      execute("ALTER ROLE " + role + " CONNECTION LIMIT -1");

      await()
          .atMost(PATIENCE)
          .until(() -> ingest.store(Facts.events("r-", 10, 20)) instanceof IngestOutcome.Committed);
    } finally {
      execute("DROP OWNED BY " + role + " CASCADE");
      execute("DROP ROLE " + role);
    }
    assertThat(database.count("SELECT count(*) FROM user_event")).isEqualTo(20);
  }

  @Test
  void store_writersAreCutAgainAndAgain_storesEachOnce() throws Exception {
    try (WatchedIngest ingest = new WatchedIngest(database, database.jdbcUrl());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int sender = 0; sender < 4; sender++) {
        String prefix = "c-" + sender + "-";
        senders.add(
            threads.submit(() -> {
              for (int batch = 0; batch < 20; batch++) {
                List<CapturedRecord> records = Facts.events(prefix, batch * 10, batch * 10 + 10);
                await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> ingest.store(records) instanceof IngestOutcome.Committed);
              }
            }));
      }

      for (int cut = 1; cut <= 2; cut++) {
        long progress = cut * 300L;
        await()
            .atMost(PATIENCE)
            .until(() -> database.count("SELECT count(*) FROM user_event") >= progress);
        database.count(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tidemark intake'");
      }
      for (Future<?> sender : senders) {
        sender.get();
      }

      assertThat(database.count("SELECT count(*) FROM user_event")).isEqualTo(800);
      assertThat(database.count("SELECT count(DISTINCT page) FROM user_event")).isEqualTo(800);
    }
  }

  private boolean isWriterBlocked() {
    return database.count(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tidemark intake' AND wait_event_type = 'Lock'")
        > 0;
  }

  /// Keeps writers from their commit until it is rolled back.
  private Connection lockBatches() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE batch IN ACCESS EXCLUSIVE MODE");
    }
    return connection;
  }

  /// A role without any privilege of the server's, that owns nothing and may use the tables.
  private String ordinaryRole() {
    String role = "ordinary_" + ProcessHandle.current().pid();
    execute("CREATE ROLE " + role + " LOGIN PASSWORD 'ordinary'");
    execute("GRANT ALL ON SCHEMA " + MigratedDatabase.SCHEMA + " TO " + role);
    execute("GRANT ALL ON ALL TABLES IN SCHEMA " + MigratedDatabase.SCHEMA + " TO " + role);
    execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA " + MigratedDatabase.SCHEMA + " TO " + role);
    return role;
  }

  private void cut(String role) {
    database.count(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = ?", role);
  }

  private void execute(String sql) {
    database.jdbc().sql(sql).update();
  }
}
