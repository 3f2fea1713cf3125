package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Acknowledged is durable: the server, its PostgreSQL or both are killed under load, at some
/// moment, and nothing acknowledged is lost and nothing stored twice.
class CrashE2E {

  /// Each kind of crash in turn; more with `-Dtidemark.test.crash-rounds=30`.
  private static final int ROUNDS = Integer.getInteger("tidemark.test.crash-rounds", 3);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private enum Crash {
    SERVER,
    POSTGRES,
    BOTH
  }

  @TempDir private Path directory;

  @Test
  void batch_processesKilledUnderLoad_storesEveryRecordOnce() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Random random = new Random(20_261_122 + ROUNDS);
    Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    ServerProcess server = ServerProcess.start(directory);
    String key = createKey(server);
    List<PersistentClient> clients =
        IntStream.range(0, 6)
            .mapToObj(number -> new PersistentClient("c" + number, key, startedAt))
            .toList();
    for (int round = 0; round < ROUNDS; round++) {
      Crash crash = Crash.values()[round % Crash.values().length];
      crashUnderLoad(server, clients, crash, random);
      server = ServerProcess.start(directory);
      assertNothingLostOrDoubled(server, clients);
      sendPending(server, clients);
    }

    try (ServerProcess last = server) {
      JdbcClient database = JdbcClient.create(last.database());
      Set<String> acknowledged = acknowledged(clients);
      assertThat(stored(database)).containsExactlyInAnyOrderElementsOf(acknowledged);
      await().atMost(PATIENCE).until(() -> count(database, "SELECT count(*) FROM batch_part") == 0);
      assertThat(count(database, "SELECT sum(events) FROM event_rollup WHERE grain = 'day'"))
          .isEqualTo(acknowledged.size());
    }
  }

  /// Kills when some more batches have been stored, while others are under way.
  private static void crashUnderLoad(
      ServerProcess server, List<PersistentClient> clients, Crash crash, Random random)
      throws Exception {
    JdbcClient database = JdbcClient.create(server.database());
    long enough = stored(database).size() + 500L + random.nextInt(3_000);
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> sending =
          clients.stream()
              .map(client ->
                  threads.submit(() -> {
                    client.sendUntilItFails(http, server.base());
                    return client;
                  }))
              .toList();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> count(database, "SELECT count(*) FROM user_event") >= enough);
      if (crash != Crash.SERVER) {
        server.killPostgres();
      }
      if (crash != Crash.POSTGRES) {
        server.kill();
      }
      for (Future<?> client : sending) {
        client.get();
      }
    }
    server.kill();
  }

  private static void sendPending(ServerProcess server, List<PersistentClient> clients) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (PersistentClient client : clients) {
        await().atMost(PATIENCE).until(() -> client.sendPending(http, server.base()));
      }
    }
  }

  private static void assertNothingLostOrDoubled(
      ServerProcess server, List<PersistentClient> clients) throws IOException {
    List<String> stored = stored(JdbcClient.create(server.database()));

    assertThat(stored).doesNotHaveDuplicates();
    assertThat(new HashSet<>(stored)).containsAll(acknowledged(clients));
  }

  private static Set<String> acknowledged(List<PersistentClient> clients) {
    Set<String> acknowledged = new HashSet<>();
    clients.forEach(client -> acknowledged.addAll(client.acknowledged()));
    return acknowledged;
  }

  private static List<String> stored(JdbcClient database) {
    return database.sql("SELECT page FROM user_event").query(String.class).list();
  }

  private static long count(JdbcClient database, String sql) {
    return database.sql(sql).query(Long.class).single();
  }

  private static String createKey(ServerProcess server) throws IOException {
    return switch (new KeyStore(server.database(), InstantSource.system())
        .create("crash", KeyKind.WRITE)) {
      case CreateKeyOutcome.Created(String key) -> key;
      case CreateKeyOutcome.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
