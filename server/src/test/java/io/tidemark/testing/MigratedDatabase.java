package io.tidemark.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.tidemark.platform.SchemaMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database of one test with Tidemark's schema in it, found through the search path as in the
/// server. Dropped when closed.
public final class MigratedDatabase implements AutoCloseable {

  /// The schema's name is a setting: one that the code cannot have taken for granted.
  public static final String SCHEMA = "tidemark_under_test";

  private static final TemplateMigration MIGRATION =
      dataSource -> new SchemaMigration(SCHEMA).apply(dataSource);

  private final TestDatabase database;
  private final HikariDataSource pool = new HikariDataSource();

  private MigratedDatabase(TestDatabase database) {
    this.database = database;
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.username());
    pool.setPassword(database.password());
    pool.addDataSourceProperty("currentSchema", SCHEMA);
    pool.addDataSourceProperty("options", "-c TimeZone=UTC");
    pool.setMaximumPoolSize(12);
    pool.setMinimumIdle(0);
  }

  public static MigratedDatabase open() {
    return new MigratedDatabase(TestPostgres.newDatabase(MIGRATION));
  }

  /// A database set up as nobody would, without the schema: a server brings it at its start.
  ///
  /// @param options of `CREATE DATABASE`, such as a locale
  /// @param settings each as in `ALTER DATABASE … SET`
  public static MigratedDatabase openUnusual(String options, List<String> settings)
      throws SQLException {
    TestDatabase database = TestPostgres.newEmptyDatabase(options);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute("ALTER DATABASE %s SET %s".formatted(database.name(), setting));
      }
    }
    database.closeConnections();
    return new MigratedDatabase(database);
  }

  public DataSource dataSource() {
    return pool;
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(pool);
  }

  /// One number, for short checks.
  public long count(String sql, Object... parameters) {
    return jdbc().sql(sql).params(parameters).query(Long.class).single();
  }

  /// Lets the database take no writes, or lets it take them again: as its operator would, everyone
  /// being disconnected.
  public void setReadOnly(boolean isReadOnly) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      statement.execute(
          "ALTER DATABASE \"%s\" SET default_transaction_read_only = %s"
              .formatted(connection.getCatalog(), isReadOnly ? "on" : "off"));
      statement.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()
          """);
    } catch (SQLException e) {
      throw new IllegalStateException("The database could not be changed", e);
    }
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  public String jdbcUrl() {
    return database.jdbcUrl();
  }

  public String username() {
    return database.username();
  }

  public String password() {
    return database.password();
  }

  @Override
  public void close() {
    pool.close();
    database.close();
  }
}
