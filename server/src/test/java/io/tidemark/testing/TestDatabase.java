package io.tidemark.testing;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import javax.sql.DataSource;

/// One database of one test, dropped when closed.
public final class TestDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 8;

  private final TestServer server;
  private final String name;
  private final HikariDataSource pool;

  TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
    // Made without a configuration, the pool opens its first connection when asked for one.
    this.pool = new HikariDataSource();
    pool.setPoolName(name);
    pool.setJdbcUrl(jdbcUrl());
    pool.setUsername(username());
    pool.setPassword(password());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(0);
  }

  /// A small pool of connections, the same at each call.
  public DataSource dataSource() {
    return pool;
  }

  public String name() {
    return name;
  }

  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  public String username() {
    return server.connection().username();
  }

  public String password() {
    return server.connection().password();
  }

  /// Drops the database, whoever is still connected to it.
  @Override
  public void close() {
    closeConnections();
    server.drop(List.of(name));
  }

  void closeConnections() {
    pool.close();
  }
}
