package io.tidemark.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// The directory of one test's server.
record ServerDirectory(Path root) {

  /// A directory to be made. Run as root where user namespaces are forbidden, the server is another
  /// user, who has to pass through the temporary directory.
  static ServerDirectory in(Path temporary) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ServerDirectory(temporary.resolve("postgres"));
  }

  EmbeddedPostgres open() {
    return open(PostgresSettings.disposable());
  }

  EmbeddedPostgres open(PostgresSettings settings) {
    return EmbeddedPostgres.open(root, TestDirectories.binaries(), settings);
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  Optional<PostmasterFile> findServer() throws IOException {
    return PostmasterFile.findAlive(cluster());
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection session = connect(postgres);
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection session = connect(postgres);
        Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    PostgresConnection connection = postgres.connection();
    return DriverManager.getConnection(
        connection.jdbcUrl(), connection.username(), connection.password());
  }
}
