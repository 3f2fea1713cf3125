package io.tidemark.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Connections handed out while the database is well enough for them; at other times nobody waits
/// for one. Thread-safe.
final class GuardedConnections extends DelegatingDataSource {

  private static final String CANNOT_CONNECT = "08001";

  private final DatabaseWatch watch;
  private final Predicate<DatabaseFault> isRefusedAt;

  private GuardedConnections(
      DataSource connections, DatabaseWatch watch, Predicate<DatabaseFault> isRefusedAt) {
    super(connections);
    this.watch = watch;
    this.isRefusedAt = isRefusedAt;
  }

  /// For the intake, whose clients wait: refused when it is not certain that reads are answered.
  static GuardedConnections ofIntake(DataSource connections, DatabaseWatch watch) {
    return new GuardedConnections(connections, watch, fault -> !fault.leavesReads());
  }

  /// For questions, which a database without room for writes or new connections may well answer:
  /// refused only when there is none to ask.
  static GuardedConnections ofQuestions(DataSource connections, DatabaseWatch watch) {
    return new GuardedConnections(connections, watch, fault -> fault == DatabaseFault.AWAY);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Optional<DatabaseFault> fault = watch.findFault();
    if (fault.isPresent() && isRefusedAt.test(fault.get())) {
      throw new SQLTransientConnectionException(fault.get().sentence(), CANNOT_CONNECT);
    }
    return super.getConnection();
  }
}
