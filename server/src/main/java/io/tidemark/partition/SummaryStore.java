package io.tidemark.partition;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/// The summaries that BRIN indexes keep of each range of pages. A range without one is read by
/// every question, and PostgreSQL makes them only when it vacuums: at full speed, millions of rows
/// later. Thread-safe.
///
/// Only ranges that are full are summarized: a summary of the last one would be written anew with
/// nearly every row.
final class SummaryStore {

  private record BrinIndex(String name, int pagesPerRange, long fullRanges) {}

  private static final String INDEXES =
      """
      SELECT /* partition.summarize */ quote_ident(current_schema()) || '.' || quote_ident(relname), pages_per_range,
             pg_relation_size(indrelid) / current_setting('block_size')::bigint / pages_per_range
        FROM pg_index
        JOIN pg_class AS index ON index.oid = indexrelid
        JOIN pg_am ON pg_am.oid = relam AND amname = 'brin'
       CROSS JOIN LATERAL (
             SELECT coalesce(max(option_value::integer), 128) AS pages_per_range
               FROM pg_options_to_table(reloptions)
              WHERE option_name = 'pages_per_range') AS options
       WHERE indrelid = to_regclass(quote_ident(current_schema()) || '.' || quote_ident(?))
      """;

  /// Whoever cannot have the lock at once, because of VACUUM, leaves it to PostgreSQL.
  private static final String PATIENCE =
      "SET LOCAL /* partition.summarize */ lock_timeout = '200ms'";

  private static final String SUMMARIZE =
      """
      SELECT /* partition.summarize */ count(brin_summarize_range(?::regclass, range * ?))
        FROM generate_series(?::bigint, ?::bigint - 1) AS range
      """;

  /// Bounds how long a transaction holds its lock: 64 MB of rows with 32 pages a range.
  private static final long RANGES_AT_ONCE = 256;

  private final DataSource dataSource;
  private final Map<String, Long> summarized = new ConcurrentHashMap<>();

  SummaryStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Summarizes what is full and has no summary yet.
  void summarize(Partition partition) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      for (BrinIndex index : indexes(connection, partition)) {
        long done = summarized.getOrDefault(index.name(), 0L);
        if (index.fullRanges() > done) {
          connection.setAutoCommit(false);
          summarize(connection, index, done);
        } else if (index.fullRanges() < done) {
          summarized.remove(index.name());
        }
      }
    }
  }

  private void summarize(Connection connection, BrinIndex index, long done) throws SQLException {
    long from = done;
    while (from < index.fullRanges()) {
      long to = Math.min(from + RANGES_AT_ONCE, index.fullRanges());
      try (Statement patience = connection.createStatement();
          PreparedStatement statement = connection.prepareStatement(SUMMARIZE)) {
        patience.execute(PATIENCE);
        statement.setString(1, index.name());
        statement.setInt(2, index.pagesPerRange());
        statement.setLong(3, from);
        statement.setLong(4, to);
        statement.execute();
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
      summarized.put(index.name(), to);
      from = to;
    }
  }

  private static List<BrinIndex> indexes(Connection connection, Partition partition)
      throws SQLException {
    List<BrinIndex> indexes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
      statement.setString(1, partition.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          indexes.add(new BrinIndex(rows.getString(1), rows.getInt(2), rows.getLong(3)));
        }
      }
    }
    return indexes;
  }
}
