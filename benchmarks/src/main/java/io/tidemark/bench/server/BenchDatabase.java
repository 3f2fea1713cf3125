package io.tidemark.bench.server;

import io.tidemark.bench.machine.ProcessFamily;
import io.tidemark.platform.postgres.EmbeddedPostgres;
import io.tidemark.platform.postgres.PostgresConnection;
import io.tidemark.platform.postgres.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL that a benchmark works with: an embedded one of its own, or one that is named.
/// Thread-safe.
public final class BenchDatabase implements AutoCloseable {

  /// Tidemark's tables are here.
  public static final String SCHEMA = "tidemark_bench";

  /// The tables of those it is compared with.
  public static final String COMPARED_SCHEMA = "tidemark_bench_report";

  /// What connections of the benchmark itself are called.
  public static final String APPLICATION = "tidemark benchmark";

  private static final List<String> TOLD_SETTINGS =
      List.of(
          "server_version",
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "wal_compression",
          "shared_buffers",
          "max_wal_size",
          "checkpoint_timeout");

  private final PostgresConnection address;
  private final @Nullable EmbeddedPostgres embedded;

  private final boolean isKept;

  private BenchDatabase(
      PostgresConnection address, @Nullable EmbeddedPostgres embedded, boolean isKept) {
    this.address = address;
    this.embedded = embedded;
    this.isKept = isKept;
  }

  /// Opens it, with both schemas empty.
  ///
  /// An embedded one is as durable as the server's own; it has more room for WAL and a longer
  /// checkpoint interval, so that checkpoints come when the benchmark asks for them.
  public static BenchDatabase open(DatabaseOptions options, Path directory) throws SQLException {
    BenchDatabase database = open(options, directory, false);
    database.drop(SCHEMA);
    database.drop(COMPARED_SCHEMA);
    return database;
  }

  /// The same with what is in it already, which stays when it is closed.
  public static BenchDatabase openKept(DatabaseOptions options, Path directory) {
    return open(options, directory, true);
  }

  private static BenchDatabase open(DatabaseOptions options, Path directory, boolean isKept) {
    String url = options.url;
    if (url != null) {
      return new BenchDatabase(named(url), null, isKept);
    }
    PostgresSettings settings =
        PostgresSettings.durable()
            .with("max_wal_size", "8GB")
            .with("checkpoint_timeout", "30min")
            .with("max_connections", "200");
    for (Map.Entry<String, String> setting : options.settings.entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    EmbeddedPostgres embedded = EmbeddedPostgres.open(directory.resolve("postgres"), settings);
    return new BenchDatabase(embedded.connection(), embedded, isKept);
  }

  /// The driver takes user and password from the URL; so does the server.
  private static PostgresConnection named(String url) {
    return new PostgresConnection(url, "", "");
  }

  public PostgresConnection address() {
    return address;
  }

  /// A new connection that finds Tidemark's tables first, then the compared ones.
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (!address.username().isEmpty()) {
      properties.setProperty("user", address.username());
      properties.setProperty("password", address.password());
    }
    properties.setProperty("ApplicationName", APPLICATION);
    properties.setProperty("currentSchema", SCHEMA + "," + COMPARED_SCHEMA);
    return DriverManager.getConnection(address.jdbcUrl(), properties);
  }

  /// Its processes; empty when it is on another machine or in a container.
  public Optional<ProcessFamily> findProcesses() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return ProcessFamily.ofPostgres(row.getLong(1));
    }
  }

  /// The settings that decide about speed and durability.
  public Map<String, String> readSettings() throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String name : TOLD_SETTINGS) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          settings.put(name, row.getString(1));
        }
      }
    }
    return settings;
  }

  /// Drops one of the two schemas, if it is there.
  public void drop(String schema) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
  }

  @Override
  public void close() throws SQLException {
    if (embedded != null) {
      embedded.close();
      return;
    }
    if (!isKept) {
      drop(SCHEMA);
      drop(COMPARED_SCHEMA);
    }
  }
}
