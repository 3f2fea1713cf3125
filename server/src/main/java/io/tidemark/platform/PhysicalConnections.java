package io.tidemark.platform;

import io.tidemark.platform.postgres.PostgresConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/// Connections to the database as a pool takes them, remembered so that they can be given up all at
/// once: who waits for a silent database on one of them is released. Thread-safe.
final class PhysicalConnections extends AbstractDriverBasedDataSource {

  /// Closing a connection over TLS may wait for its writer.
  private static final Executor ASIDE = Thread::startVirtualThread;

  private static final String IN_UTC = "SET /* database.connect */ TIME ZONE 'UTC'";
  private static final String WITHOUT_LIMIT = "SET /* database.connect */ transaction_timeout = 0";
  private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

  private final Supplier<PostgresConnection> database;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  /// @param database asked for each new connection: an embedded server may come back at another
  ///   port
  /// @param properties of the driver
  PhysicalConnections(Supplier<PostgresConnection> database, Properties properties) {
    this.database = database;
    setConnectionProperties(properties);
  }

  /// Gives up every connection, whoever uses it and whatever for.
  void abortAll() {
    for (Connection connection : open) {
      try {
        connection.abort(ASIDE);
      } catch (SQLException _) {
        // It was closed meanwhile.
      }
    }
  }

  @Override
  protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
    PostgresConnection to = database.get();
    if (!to.username().isEmpty()) {
      properties.setProperty("user", to.username());
      properties.setProperty("password", to.password());
    }
    Connection connection = DriverManager.getConnection(to.jdbcUrl(), properties);
    sayTheRest(connection);
    open.removeIf(PhysicalConnections::isClosed);
    open.add(connection);
    return connection;
  }

  /// The driver has its own limit among the properties, which is also how long a pool that closes
  /// waits for a connection in the making.
  @Override
  public int getLoginTimeout() {
    return (int) DriverProperties.LOGIN.toSeconds();
  }

  /// The pool's idea of it.
  @Override
  public void setLoginTimeout(int seconds) {}

  /// What start-up options cannot say: the driver puts the time zone of this machine over that of
  /// the options, and a version that lacks a setting refuses connections that name it.
  private static void sayTheRest(Connection connection) throws SQLException {
    boolean isLimited =
        connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_TRANSACTION_TIMEOUT;
    try (Statement statement = connection.createStatement()) {
      statement.execute(isLimited ? IN_UTC + "; " + WITHOUT_LIMIT : IN_UTC);
    } catch (SQLException e) {
      connection.abort(ASIDE);
      throw e;
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException _) {
      return true;
    }
  }
}
