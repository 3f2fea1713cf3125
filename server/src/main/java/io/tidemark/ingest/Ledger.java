package io.tidemark.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Takes out of the ledger what has passed its age: batches, and ids that came without a timestamp.
final class Ledger {

  private Ledger() {}

  static void forgetOld(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      IdentityStore.forgetUntimed(connection);
      BatchStore.forgetOld(connection);
    }
  }
}
