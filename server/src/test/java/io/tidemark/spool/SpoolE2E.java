package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.ingest.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with its spool on and a PostgreSQL that goes away: what was answered with 200 is stored
/// once, whoever is killed when.
class SpoolE2E {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private SpooledInstallation installation;

  @BeforeEach
  void start() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    installation = SpooledInstallation.start(directory);
  }

  @AfterEach
  void stop() {
    installation.close();
  }

  @Test
  void batch_databaseAwayAndServerKilled_isStoredOnce() throws Exception {
    assertThat(installation.send(List.of("before"), Form.TIMED)).isEqualTo(200);
    installation.stopDatabase();

    for (int batch = 0; batch < 50; batch++) {
      for (Form form : Form.values()) {
        List<String> pages = pages(form + "-" + batch, 10);
        assertThat(installation.send(pages, form)).isEqualTo(200);
        if (form != Form.WITHOUT_ID && batch % 3 == 0) {
          assertThat(installation.send(pages, form)).isEqualTo(200);
        }
      }
    }
    assertThat(installation.status("/actuator/health")).isEqualTo(200);
    installation.server().kill();
    assertThatThrownBy(installation::startServer).isInstanceOf(IllegalStateException.class);
    installation.startDatabase();
    installation.startServer();

    await().atMost(PATIENCE).until(() -> stored() == 1_501);
    assertEverythingIsStoredOnce(1_501);
  }

  @Test
  void replay_killedInTheMiddle_storesTheRestOnce() throws Exception {
    assertThat(installation.send(List.of("before"), Form.TIMED)).isEqualTo(200);
    installation.stopDatabase();
    for (int batch = 0; batch < 4; batch++) {
      for (Form form : Form.values()) {
        assertThat(installation.send(pages(form + "-" + batch, 5_000), form)).isEqualTo(200);
      }
    }
    installation.server().kill();
    installation.startDatabase();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker = installation.dataSource().getConnection()) {
      Future<ServerProcess> starting = threads.submit(installation::startServer);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> starting.isDone() || stored() > 1);
      blocker.setAutoCommit(false);
      try (Statement statement = blocker.createStatement()) {
        statement.execute("LOCK TABLE user_event IN SHARE MODE");
      }
      starting.get().kill();
      assertThat(stored()).isBetween(2L, 60_000L);
      blocker.rollback();
    }
    installation.startServer();

    await().atMost(PATIENCE).until(() -> stored() >= 60_001);
    assertEverythingIsStoredOnce(60_001);
  }

  private void assertEverythingIsStoredOnce(long expected) throws IOException {
    await().atMost(PATIENCE).until(() -> segments().isEmpty());
    await()
        .atMost(PATIENCE)
        .until(() -> installation.count("SELECT count(*) FROM batch_part") == 0);
    assertThat(stored()).isEqualTo(expected);
    assertThat(installation.count("SELECT count(DISTINCT page) FROM user_event"))
        .isEqualTo(expected);
    assertThat(installation.count("SELECT sum(events) FROM event_rollup WHERE grain = 'day'"))
        .isEqualTo(expected);
    assertThat(installation.count("SELECT count(*) FROM refusal")).isZero();
    assertThat(installation.send(List.of("after"), Form.TIMED)).isEqualTo(200);
    assertThat(stored()).isEqualTo(expected + 1);
  }

  private long stored() {
    return installation.count("SELECT count(*) FROM user_event");
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(installation.spool())) {
      return files.filter(file -> file.toString().contains(".segment")).toList();
    }
  }

  private static List<String> pages(String prefix, int number) {
    return Stream.iterate(0, i -> i + 1).limit(number).map(i -> prefix + "-" + i).toList();
  }
}
