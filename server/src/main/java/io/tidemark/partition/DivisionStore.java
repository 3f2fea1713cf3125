package io.tidemark.partition;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;

/// Divides a partition of a month into those of its days. Writers of any day of that table wait
/// meanwhile, so only a partition with little in it is divided: some tenths of a second, once for
/// each month.
final class DivisionStore {

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /// What may have to be moved: some 190,000 identities.
  private static final long LARGEST_BYTES = 8L * 1024 * 1024;

  private static final String IS_SMALL =
      """
      SELECT /* partition.divide */ 1
        FROM pg_inherits
       WHERE inhrelid = to_regclass(quote_ident(current_schema()) || '.' || quote_ident(?))
         AND pg_relation_size(inhrelid) <= ?
      """;

  /// Writers queue up behind whoever waits for the lock.
  private static final String PATIENCE = "SET LOCAL /* partition.divide */ lock_timeout = '500ms'";

  private final DataSource dataSource;

  DivisionStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Replaces the partition by those of all days of its month and moves its rows there, in one
  /// transaction.
  ///
  /// @return whether it did; not when there is too much in it, or it is in use for too long
  boolean divide(Partition month) throws SQLException {
    List<Partition> days =
        month
            .from()
            .datesUntil(month.from().plus(1, month.span()))
            .map((LocalDate day) -> Partition.ofDay(month.table(), day))
            .toList();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        PartitionStore.lock(statement);
        boolean isDivided = isSmall(connection, month);
        if (isDivided) {
          divide(statement, month, days);
        }
        connection.commit();
        return isDivided;
      } catch (SQLException e) {
        connection.rollback();
        if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          return false;
        }
        throw e;
      }
    }
  }

  private static void divide(Statement statement, Partition month, List<Partition> days)
      throws SQLException {
    for (Partition day : days) {
      PartitionStore.create(statement, day);
    }
    String table = month.table().tableName();
    statement.execute(PATIENCE);
    statement.execute(
        "ALTER TABLE /* partition.divide */ %s DETACH PARTITION %s".formatted(table, month.name()));
    for (Partition day : days) {
      PartitionStore.attach(statement, day);
    }
    statement.execute(
        "INSERT INTO /* partition.divide */ %s SELECT * FROM %s".formatted(table, month.name()));
    statement.execute("DROP TABLE /* partition.divide */ " + month.name());
  }

  private static boolean isSmall(Connection connection, Partition partition) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_SMALL)) {
      statement.setString(1, partition.name());
      statement.setLong(2, LARGEST_BYTES);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
