package io.tidemark.spool;

import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import io.tidemark.ingest.ServerProcess;
import io.tidemark.platform.postgres.EmbeddedPostgres;
import io.tidemark.platform.postgres.PostgresConnection;
import io.tidemark.platform.postgres.PostgresSettings;
import io.tidemark.testing.TestDirectories;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A server process with its spool on, and a PostgreSQL of its own beside it that can be stopped.
final class SpooledInstallation implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Instant sentAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Path directory;
  private EmbeddedPostgres postgres;
  private ServerProcess server;
  private final String key;

  private SpooledInstallation(Path directory) throws IOException {
    this.directory = directory;
    this.postgres = openPostgres();
    this.server = startServer();
    this.key = createKey();
  }

  static SpooledInstallation start(Path directory) throws IOException {
    return new SpooledInstallation(directory);
  }

  ServerProcess server() {
    return server;
  }

  ServerProcess startServer() throws IOException {
    PostgresConnection connection = postgres.connection();
    server =
        ServerProcess.start(
            directory.resolve("data"),
            Map.of(
                "TIDEMARK_SPOOL", "on",
                "TIDEMARK_DATABASE_URL", connection.jdbcUrl(),
                "TIDEMARK_DATABASE_USERNAME", connection.username(),
                "TIDEMARK_DATABASE_PASSWORD", connection.password()));
    return server;
  }

  void stopDatabase() {
    postgres.close();
  }

  void startDatabase() {
    postgres = openPostgres();
  }

  Path spool() {
    return directory.resolve("data/spool");
  }

  /// Sends an event for each page.
  ///
  /// @return the status it was answered with
  int send(List<String> pages, Form form) {
    String body =
        pages.stream()
            .map(page -> form.record(page, sentAt))
            .collect(Collectors.joining(",", "[", "]"));
    return status(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/batch"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  int status(String path) {
    return status(HttpRequest.newBuilder(server.base().resolve(path)));
  }

  long count(String sql) {
    return JdbcClient.create(dataSource()).sql(sql).query(Long.class).single();
  }

  PGSimpleDataSource dataSource() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(postgres.connection().jdbcUrl());
    database.setUser(postgres.connection().username());
    database.setPassword(postgres.connection().password());
    database.setCurrentSchema("tidemark");
    return database;
  }

  @Override
  public void close() {
    server.close();
    postgres.close();
    client.close();
  }

  private int status(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("The server did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private EmbeddedPostgres openPostgres() {
    return EmbeddedPostgres.open(
        directory.resolve("postgres"), TestDirectories.binaries(), PostgresSettings.disposable());
  }

  private String createKey() {
    return switch (new KeyStore(dataSource(), InstantSource.system())
        .create("spool", KeyKind.WRITE)) {
      case CreateKeyOutcome.Created(String created) -> created;
      case CreateKeyOutcome.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
