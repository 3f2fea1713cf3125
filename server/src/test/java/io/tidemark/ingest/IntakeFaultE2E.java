package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The server's database fails under load, in every way that databases do. Clients are told to come
/// back; when it is well, the same server goes on, and what it acknowledged is stored once.
class IntakeFaultE2E {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path directory;

  private static SmallDisk disk;
  private static ServerProcess server;
  private static String key;

  @BeforeAll
  static void start() throws Exception {
    disk = SmallDisk.in(directory);
    server = ServerProcess.start(disk.root());
    CreateKeyOutcome created =
        new KeyStore(server.database(), InstantSource.system()).create("fault", KeyKind.WRITE);
    key = ((CreateKeyOutcome.Created) created).key();
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      server.close();
    } finally {
      disk.unmount();
    }
  }

  @Test
  void batch_postgresKilled_isStartedAgainByTheServer(TestInfo test) throws Exception {
    SendingCrowd crowd = crowd(test);
    try (crowd) {
      crowd.awaitAcknowledged();
      long before = crowd.refused();

      server.killPostgres();

      await().atMost(PATIENCE).until(() -> crowd.isRefusedAfter(before));
      crowd.awaitAcknowledged();
    }
    assertStoredOnce(crowd);
  }

  @Test
  void batch_postgresFrozen_isRefusedUntilItThaws(TestInfo test) throws Exception {
    SendingCrowd crowd = crowd(test);
    try (crowd) {
      crowd.awaitAcknowledged();

      server.signalPostgres("STOP");
      try {
        crowd.awaitRefused();
        assertIntakeIsDown("does not answer");
      } finally {
        server.signalPostgres("CONT");
      }

      crowd.awaitAcknowledged();
    }
    assertStoredOnce(crowd);
  }

  @Test
  void batch_noConnectionLeft_isRefusedUntilThereIs(TestInfo test) throws Exception {
    SendingCrowd crowd = crowd(test);
    List<Connection> taken = new ArrayList<>();
    try (crowd) {
      crowd.awaitAcknowledged();

      try {
        long before = crowd.refused();
        takeConnections(server.database(), taken);
        await()
            .atMost(PATIENCE)
            .until(() -> {
              cutIntake(taken.getFirst());
              takeConnections(server.database(), taken);
              return crowd.isRefusedAfter(before);
            });
      } finally {
        for (Connection connection : taken) {
          connection.close();
        }
      }

      crowd.awaitAcknowledged();
    }
    assertStoredOnce(crowd);
  }

  @Test
  void batch_databaseReadOnly_isRefusedUntilItIsNot(TestInfo test) throws Exception {
    SendingCrowd crowd = crowd(test);
    try (crowd) {
      crowd.awaitAcknowledged();

      setReadOnly("on");
      try {
        crowd.awaitRefused();
        assertIntakeIsDown("read-only");
      } finally {
        setReadOnly("off");
      }

      crowd.awaitAcknowledged();
    }
    assertStoredOnce(crowd);
  }

  @Test
  void batch_diskFull_isRefusedUntilThereIsRoom(TestInfo test) throws Exception {
    assumeTrue(disk.isReal(), "A small file system can be mounted here only as root on Linux");
    SendingCrowd crowd = crowd(test);
    try (crowd) {
      crowd.awaitAcknowledged();

      disk.fill();
      try {
        crowd.awaitRefused();
      } finally {
        disk.makeRoom();
      }

      crowd.awaitAcknowledged();
    }
    assertStoredOnce(crowd);
  }

  @Test
  void batch_noRoomForTheLog_isStartedAgainWhenThereIs(TestInfo test) throws Exception {
    assumeTrue(disk.isReal(), "A small file system can be mounted here only as root on Linux");
    SendingCrowd crowd = crowd(test);
    try (crowd) {
      crowd.awaitAcknowledged();

      disk.fill();
      try {
        needNewLogFiles();
        crowd.awaitRefused();
      } finally {
        disk.makeRoom();
      }

      crowd.awaitAcknowledged();
    }
    assertStoredOnce(crowd);
  }

  private static SendingCrowd crowd(TestInfo test) {
    return new SendingCrowd(server.base(), key, test.getTestMethod().orElseThrow().getName());
  }

  private static void assertStoredOnce(SendingCrowd crowd) throws IOException {
    assertThat(crowd.surprises()).isEmpty();
    List<String> stored =
        JdbcClient.create(server.database())
            .sql("SELECT page FROM user_event WHERE starts_with(page, ?)")
            .param(crowd.name())
            .query(String.class)
            .list();
    assertThat(stored).containsExactlyInAnyOrderElementsOf(crowd.acknowledged());
  }

  /// Health answers without a key, and without the database.
  private static void assertIntakeIsDown(String reason) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.base().resolve("/actuator/health/readiness")).build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
    }
    assertThat(server.output()).contains(reason);
  }

  private static void takeConnections(DataSource database, List<Connection> taken) {
    try {
      while (true) {
        taken.add(database.getConnection());
      }
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("53300");
    }
  }

  private static void cutIntake(Connection with) throws SQLException {
    try (var statement = with.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name IN ('tidemark intake', 'tidemark watch')");
    }
  }

  /// PostgreSQL panics when it cannot make one.
  private static void needNewLogFiles() {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          try (Connection connection = server.database().getConnection();
              var statement = connection.createStatement()) {
            statement.execute("SELECT pg_logical_emit_message(true, 'test', 'x'), pg_switch_wal()");
            return false;
          } catch (SQLException panicked) {
            return true;
          }
        });
  }

  private static void setReadOnly(String value) throws Exception {
    try (Connection connection = server.database().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
