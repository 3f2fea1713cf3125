package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// What the senders are told when nothing can be stored, and that it goes on afterwards.
class GroupCommitTroubleIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(5);

  private final MigratedDatabase database = MigratedDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void store_queueFull_isBusyAtOnceAndWhatWaitsIsStored() throws Exception {
    try (Ingest ingest = new Ingest(database.dataSource(), new IngestProperties(1, 100, 250));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker = lockBatches()) {
      List<Future<IngestOutcome>> waiting = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        List<CapturedRecord> records = Facts.events("w-" + i + "-", 0, 50);
        waiting.add(threads.submit(() -> ingest.store(records)));
      }
      await().atMost(PATIENCE).until(() -> ingest.waiting() == 250);

      IngestOutcome refused = ingest.store(List.of(Facts.event("one more")));
      blocker.rollback();

      assertThat(refused).isEqualTo(new IngestOutcome.Busy(1));
      for (Future<IngestOutcome> outcome : waiting) {
        assertThat(outcome.get()).isInstanceOf(IngestOutcome.Committed.class);
      }
      assertThat(stored()).isEqualTo(250);
      await().atMost(PATIENCE).until(() -> ingest.waiting() == 0);
      ingest.committed(List.of(Facts.event("one more")));
    }
  }

  @Test
  void store_moreThanTheWholeQueue_isStoredWhenNothingWaits() {
    try (Ingest ingest = new Ingest(database.dataSource(), new IngestProperties(1, 100, 100))) {
      ingest.committed(Facts.events("large-", 0, 350));

      assertThat(stored()).isEqualTo(350);
    }
  }

  @Test
  void store_databaseAway_isUnavailableQuicklyAndRecovers() throws Exception {
    try (HikariDataSource away = away()) {
      DelegatingDataSource dataSource = new DelegatingDataSource(away);
      try (Ingest ingest = new Ingest(dataSource, new IngestProperties(2, 100, 1_000))) {
        long start = System.nanoTime();

        IngestOutcome meanwhile = ingest.store(List.of(Facts.event("a")));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        dataSource.setTargetDataSource(database.dataSource());
        IngestOutcome.Committed later = ingest.committed(List.of(Facts.event("a")));

        assertThat(meanwhile).isEqualTo(new IngestOutcome.Unavailable(5));
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(later.duplicates()).isEmpty();
      }
    }
  }

  @Test
  void store_connectionsCutAgainAndAgain_storesEachOnce() throws Exception {
    try (HikariDataSource pool = ownConnections();
        Ingest ingest = new Ingest(pool, new IngestProperties(2, 1_000, 100_000));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int sender = 0; sender < 8; sender++) {
        String prefix = "c-" + sender + "-";
        senders.add(
            threads.submit(() -> {
              for (int batch = 0; batch < 100; batch++) {
                sendUntilCommitted(ingest, Facts.events(prefix, batch * 10, batch * 10 + 10));
              }
            }));
      }

      for (int cut = 1; cut <= 20; cut++) {
        long progress = cut * 300L;
        await().atMost(PATIENCE).pollInterval(POLL).until(() -> stored() >= progress);
        cutConnections();
      }
      for (Future<?> sender : senders) {
        sender.get();
      }

      assertThat(stored()).isEqualTo(8_000);
      assertThat(database.count("SELECT count(DISTINCT page) FROM user_event")).isEqualTo(8_000);
      assertThat(database.count("SELECT sum(records) FROM batch_part")).isEqualTo(8_000);
    }
  }

  @Test
  void close_recordsWait_storesThemFirstAndTakesNoMore() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Ingest ingest = new Ingest(database);
      Future<IngestOutcome> waiting;
      try (Connection blocker = lockBatches()) {
        waiting = threads.submit(() -> ingest.store(Facts.events("late-", 0, 10)));
        await().atMost(PATIENCE).until(() -> ingest.waiting() == 10);
        Future<?> _ = threads.submit(ingest::close);
        await()
            .atMost(PATIENCE)
            .until(
                () -> ingest.store(List.of(Facts.event("too late"))) instanceof IngestOutcome.Busy);
        blocker.rollback();
      }

      assertThat(waiting.get()).isInstanceOf(IngestOutcome.Committed.class);
    }
    assertThat(database.count("SELECT count(*) FROM user_event WHERE page LIKE 'late-%'"))
        .isEqualTo(10);
  }

  /// Connections that can be told from those that the test looks with.
  private HikariDataSource ownConnections() {
    HikariDataSource pool = new HikariDataSource();
    ((HikariDataSource) database.dataSource()).copyStateTo(pool);
    pool.setConnectionInitSql("SET application_name = 'ingest'");
    return pool;
  }

  private void cutConnections() {
    database.count(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ingest'");
  }

  /// Sends until it is told that the records are stored, as clients do.
  private static void sendUntilCommitted(Ingest ingest, List<CapturedRecord> records) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> ingest.store(records) instanceof IngestOutcome.Committed);
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

  private long stored() {
    return database.count("SELECT count(*) FROM user_event");
  }

  /// A database at a port where nobody listens.
  private static HikariDataSource away() throws IOException {
    HikariDataSource pool = new HikariDataSource();
    try (ServerSocket socket = new ServerSocket(0)) {
      pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + "/none");
    }
    pool.setConnectionTimeout(1_000);
    pool.setInitializationFailTimeout(-1);
    return pool;
  }
}
