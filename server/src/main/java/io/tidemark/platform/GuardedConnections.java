package io.tidemark.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Connections handed out while the database can be asked; at other times nobody waits for one.
/// Thread-safe.
final class GuardedConnections extends DelegatingDataSource {

  private static final String CANNOT_CONNECT = "08001";

  private final DatabaseWatch watch;

  GuardedConnections(DataSource connections, DatabaseWatch watch) {
    super(connections);
    this.watch = watch;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Optional<DatabaseFault> fault = watch.findFault();
    if (fault.isPresent() && !fault.get().leavesReads()) {
      throw new SQLTransientConnectionException(fault.get().sentence(), CANNOT_CONNECT);
    }
    return super.getConnection();
  }
}
