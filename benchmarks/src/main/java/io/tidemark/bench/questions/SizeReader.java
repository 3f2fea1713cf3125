package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import io.tidemark.bench.server.BenchDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Reads what is on disk, whatever the tables are called.
record SizeReader(BenchDatabase database, Progress progress) {

  /// Takes a while.
  private static final long LARGE_BYTES = 100_000_000;

  private static final String SIZES =
      """
      SELECT space.nspname, root.relname, sum(pg_table_size(part.oid)), sum(pg_indexes_size(part.oid))
        FROM pg_class AS part
        JOIN pg_class AS root ON root.oid = coalesce(pg_partition_root(part.oid), part.oid)
        JOIN pg_namespace AS space ON space.oid = part.relnamespace
       WHERE part.relkind IN ('r', 'm') AND space.nspname IN ('%s', '%s') AND root.relname <> '%s'
       GROUP BY 1, 2
       ORDER BY 1, 2
      """
          .formatted(BenchDatabase.SCHEMA, BenchDatabase.COMPARED_SCHEMA, DataSetStore.TABLE);

  /// Vacuums and analyses every table of both: both are asked in the same state.
  void vacuum() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      progress.tell("VACUUM (ANALYZE) of every table");
      for (TableSize table : readTables(statement, false)) {
        if (table.bytes() > LARGE_BYTES) {
          progress.tell("VACUUM (ANALYZE) · " + qualified(table));
        }
        statement.execute("VACUUM (ANALYZE) " + qualified(table));
      }
    }
  }

  List<TableSize> read() throws SQLException {
    progress.tell("reading sizes and counting rows");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      return readTables(statement, true);
    }
  }

  private static List<TableSize> readTables(Statement statement, boolean withRows)
      throws SQLException {
    List<TableSize> tables = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(SIZES)) {
      while (row.next()) {
        tables.add(
            new TableSize(
                row.getString(2),
                row.getString(1).equals(BenchDatabase.COMPARED_SCHEMA),
                0,
                row.getLong(3),
                row.getLong(4)));
      }
    }
    if (withRows) {
      for (int i = 0; i < tables.size(); i++) {
        TableSize table = tables.get(i);
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + qualified(table))) {
          row.next();
          tables.set(
              i,
              new TableSize(
                  table.name(),
                  table.isCompared(),
                  row.getLong(1),
                  table.tableBytes(),
                  table.indexBytes()));
        }
      }
    }
    return tables;
  }

  private static String qualified(TableSize table) {
    return "%s.\"%s\""
        .formatted(
            table.isCompared() ? BenchDatabase.COMPARED_SCHEMA : BenchDatabase.SCHEMA,
            table.name());
  }
}
