package io.tidemark.partition;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/// The partitions in the database. Making one does not block writers or readers: the table is made
/// on its own and then attached, which takes no lock that they need.
final class PartitionStore {

  private static final String LIST =
      """
      SELECT /* partition.list */ child.relname, pg_relation_size(child.oid)
        FROM pg_inherits
        JOIN pg_class AS parent ON parent.oid = inhparent
        JOIN pg_class AS child ON child.oid = inhrelid
       WHERE parent.relnamespace = current_schema()::regnamespace AND parent.relkind = 'p'
       ORDER BY child.relname
      """;

  /// Held while partitions are made, so that two servers do not make the same one, nor two that
  /// overlap.
  private static final String LOCK =
      "SELECT /* partition.make */ pg_advisory_xact_lock(hashtext(current_schema() || ' partition'))";

  private static final String EXISTS =
      "SELECT /* partition.make */ to_regclass(quote_ident(current_schema()) || '.' || quote_ident(?)) IS NOT NULL";

  private final DataSource dataSource;

  PartitionStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  Set<Partition> list() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return list(connection);
    }
  }

  /// The partitions of a table with their sizes, by name and so by time.
  List<PartitionSize> listSizes(PartitionedTable table) throws SQLException {
    List<PartitionSize> sizes = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        long bytes = rows.getLong(2);
        Partition.named(rows.getString(1))
            .filter(partition -> partition.table() == table)
            .map(partition ->
                new PartitionSize(
                    partition.name(), partition.startsAt(), partition.endsAt(), bytes))
            .ifPresent(sizes::add);
      }
    }
    return sizes;
  }

  /// Makes a partition unless it exists. Which one is decided while nobody else makes any.
  ///
  /// @param choice chooses by what exists
  /// @return what was chosen
  Partition make(Function<Set<Partition>, Partition> choice) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LOCK);
        Partition partition = choice.apply(list(connection));
        if (!exists(connection, partition.name())) {
          create(statement, partition);
          attach(statement, partition);
        }
        connection.commit();
        return partition;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  static void create(Statement statement, Partition partition) throws SQLException {
    statement.execute(
        "CREATE TABLE /* partition.make */ %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES)"
            .formatted(partition.name(), partition.table().tableName()));
  }

  static void attach(Statement statement, Partition partition) throws SQLException {
    statement.execute(
        "ALTER TABLE /* partition.make */ %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(
                partition.table().tableName(),
                partition.name(),
                partition.startsAt(),
                partition.endsAt()));
  }

  static void lock(Statement statement) throws SQLException {
    statement.execute(LOCK);
  }

  private static Set<Partition> list(Connection connection) throws SQLException {
    Set<Partition> partitions = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        Partition.named(rows.getString(1)).ifPresent(partitions::add);
      }
    }
    return partitions;
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
