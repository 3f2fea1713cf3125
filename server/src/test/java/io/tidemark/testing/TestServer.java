package io.tidemark.testing;

import io.tidemark.platform.postgres.EmbeddedPostgres;
import io.tidemark.platform.postgres.PostgresConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running PostgreSQL for tests, and how to stop it.
record TestServer(PostgresConnection connection, Runnable stop) {

  private static final Pattern JDBC_URL = Pattern.compile("(jdbc:postgresql://[^/]*/)[^?]*(.*)");

  static TestServer start() {
    Map<String, String> environment = System.getenv();
    String url = environment.get("TIDEMARK_TEST_DATABASE_URL");
    if (url != null && !url.isBlank()) {
      return new TestServer(
          new PostgresConnection(
              url,
              environment.getOrDefault("TIDEMARK_TEST_DATABASE_USERNAME", "postgres"),
              environment.getOrDefault("TIDEMARK_TEST_DATABASE_PASSWORD", "")),
          () -> {});
    }
    TestDirectories.deleteAbandoned();
    Path directory = TestDirectories.ofThisProcess();
    EmbeddedPostgres postgres = TestDirectories.open(directory);
    return new TestServer(
        postgres.connection(),
        () -> {
          postgres.close();
          TestDirectories.delete(directory);
        });
  }

  String jdbcUrl(String database) {
    Matcher url = JDBC_URL.matcher(connection.jdbcUrl());
    if (!url.matches()) {
      throw new IllegalArgumentException(
          "Expected jdbc:postgresql://HOST:PORT/DATABASE, not " + connection.jdbcUrl());
    }
    return url.group(1) + database + url.group(2);
  }

  void execute(String sql) {
    try (Connection session =
            DriverManager.getConnection(
                connection.jdbcUrl(), connection.username(), connection.password());
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("The test server refused: " + sql, e);
    }
  }

  void drop(Collection<String> databases) {
    databases.forEach(name -> execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
  }
}
