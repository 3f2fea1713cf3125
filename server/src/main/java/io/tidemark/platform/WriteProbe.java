package io.tidemark.platform;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tries whether the database takes writes, on a connection of its own that stays open: no pool and
/// no lock can hold it up, and it costs one round trip.
///
/// What it writes is an empty message in the write-ahead log, committed and so synced like any
/// record: a full disk, a hanging sync and an absent synchronous standby are felt. It needs no
/// table and no privilege. Used by one thread at a time.
final class WriteProbe implements AutoCloseable {

  private static final String READ_ONLY_STATE = "25006";

  private static final String LOOK =
      "SELECT /* database.look */ current_setting('transaction_read_only')";

  /// The message is written only where writes are allowed: on a standby it is an error of another
  /// kind.
  private static final String WRITE =
      """
      SELECT /* database.try_write */ current_setting('transaction_read_only'),
             CASE current_setting('transaction_read_only')
             WHEN 'off' THEN pg_logical_emit_message(true, 'tidemark', '')
              END
      """;

  private final DataSource dataSource;
  private @Nullable Connection connection;

  /// @param dataSource whose connections give up by themselves when the database is silent
  WriteProbe(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Whether the database answers and would allow writes; writes nothing.
  void look() throws SQLException {
    onStandingConnection(LOOK);
  }

  /// Writes something and waits for its commit.
  void write() throws SQLException {
    onStandingConnection(WRITE);
  }

  /// The same on a new connection, which takes the place of the old one: settings and limits that
  /// have changed since are felt too.
  void writeAnew() throws SQLException {
    close();
    run(connect(), WRITE);
  }

  @Override
  public void close() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.abort(Runnable::run);
      } catch (SQLException _) {
        // It is given up in any case.
      }
    }
  }

  /// A connection that was cut while nobody used it says nothing about the database.
  private void onStandingConnection(String sql) throws SQLException {
    Connection standing = connection;
    if (standing == null) {
      run(connect(), sql);
      return;
    }
    try {
      run(standing, sql);
    } catch (SQLException e) {
      if (!DatabaseFault.of(e).equals(Optional.of(DatabaseFault.AWAY))) {
        throw e;
      }
      run(connect(), sql);
    }
  }

  private Connection connect() throws SQLException {
    Connection fresh = dataSource.getConnection();
    connection = fresh;
    return fresh;
  }

  private void run(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (row.next() && row.getString(1).equals("on")) {
        throw new SQLException("The database is read-only", READ_ONLY_STATE);
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }
}
