package io.tidemark.partition;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/// The partitions in the database. Making one does not block writers or readers: the table is made
/// on its own and then attached, which takes no lock that they need.
final class PartitionStore {

  private static final String LIST =
      """
      SELECT /* partition.list */ child.relname
        FROM pg_inherits
        JOIN pg_class AS parent ON parent.oid = inhparent
        JOIN pg_class AS child ON child.oid = inhrelid
       WHERE parent.relnamespace = current_schema()::regnamespace AND parent.relkind = 'p'
      """;

  /// Held while partitions are made, so that two servers do not make the same one.
  private static final String LOCK =
      "SELECT /* partition.make */ pg_advisory_xact_lock(hashtext(current_schema() || ' partition'))";

  private static final String EXISTS =
      "SELECT /* partition.make */ to_regclass(quote_ident(current_schema()) || '.' || quote_ident(?)) IS NOT NULL";

  private final DataSource dataSource;

  PartitionStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  Set<MonthlyPartition> list() throws SQLException {
    Set<MonthlyPartition> partitions = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        MonthlyPartition.named(rows.getString(1)).ifPresent(partitions::add);
      }
    }
    return partitions;
  }

  /// Makes the partition unless it exists.
  void make(MonthlyPartition partition) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LOCK);
        if (!exists(connection, partition.name())) {
          statement.execute(
              "CREATE TABLE /* partition.make */ %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES)"
                  .formatted(partition.name(), partition.table().tableName()));
          statement.execute(
              "ALTER TABLE /* partition.make */ %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                  .formatted(
                      partition.table().tableName(),
                      partition.name(),
                      partition.startsAt(),
                      partition.endsAt()));
        }
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
