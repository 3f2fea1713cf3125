package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The server, its PostgreSQL or both are killed while identities are packed; what was stored
/// before is recognised ever after.
class PackingCrashE2E {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RECORDS = 300;

  /// So many that packing takes a while.
  private static final int OTHERS = 400_000;

  private final Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(5));

  private static final String PACKED =
      "SELECT coalesce(sum(length(hashes) / 8), 0) FROM packed_identity";

  @TempDir private Path directory;

  @Test
  void pack_processesKilled_forgetsNothing() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    ServerProcess server = ServerProcess.start(directory);
    String key = createKey(server);
    assertThat(send(server, key)).contains("\"accepted\":" + RECORDS);
    addOthers(JdbcClient.create(server.database()));

    for (long atLeast : new long[] {1, OTHERS / 2, OTHERS}) {
      startPacking(server, atLeast);
      if (atLeast != 1) {
        server.killPostgres();
      }
      server.kill();
      server = ServerProcess.start(directory);
      assertThat(send(server, key)).contains("\"duplicates\":" + RECORDS);
    }

    try (ServerProcess last = server) {
      startPacking(last, OTHERS + RECORDS);
      JdbcClient database = JdbcClient.create(last.database());
      await()
          .atMost(PATIENCE)
          .until(() -> count(database, "SELECT count(*) FROM record_identity") == 0);
      assertThat(count(database, PACKED)).isEqualTo(OTHERS + RECORDS);
      assertThat(send(last, key)).contains("\"duplicates\":" + RECORDS);
      assertThat(count(database, "SELECT count(*) FROM user_event")).isEqualTo(RECORDS);
    }
  }

  /// Returns when so many are packed.
  private static void startPacking(ServerProcess server, long atLeast) throws IOException {
    JdbcClient database = JdbcClient.create(server.database());
    database
        .sql(
            "UPDATE scheduled_tasks SET execution_time = now(), picked = false WHERE task_name = 'identity.pack'")
        .update();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> count(database, PACKED) >= atLeast);
  }

  private void addOthers(JdbcClient database) {
    database
        .sql(
            """
            INSERT INTO record_identity
            SELECT ?::timestamptz + i * interval '200 milliseconds', hashint8extended(i, 0)
              FROM generate_series(1, ?) AS i
            """)
        .params(day.toString(), OTHERS)
        .update();
  }

  private String send(ServerProcess server, String key) throws Exception {
    String records =
        IntStream.range(0, RECORDS)
            .mapToObj(i ->
                """
                {"type": "user_event", "event_type": "packed", "id": "r-%d", "timestamp": "%s"}
                """
                    .formatted(i, day.plus(Duration.ofMinutes(i))))
            .collect(Collectors.joining(",", "[", "]"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(server.base().resolve("/api/v1/batch"))
                  .timeout(PATIENCE)
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(records))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body().replace(" ", "");
    }
  }

  private static long count(JdbcClient database, String sql) {
    return database.sql(sql).query(Long.class).single();
  }

  private static String createKey(ServerProcess server) throws IOException {
    return switch (new KeyStore(server.database(), InstantSource.system())
        .create("packing", KeyKind.SECRET)) {
      case CreateKeyOutcome.Created(String key) -> key;
      case CreateKeyOutcome.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
