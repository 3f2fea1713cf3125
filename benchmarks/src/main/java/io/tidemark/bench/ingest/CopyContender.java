package io.tidemark.bench.ingest;

import io.tidemark.bench.rows.ComparedTable;
import io.tidemark.bench.rows.SampleRow;
import io.tidemark.bench.server.BenchDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// COPY straight into tables, in PostgreSQL's binary format: the rows of one batch, of whatever
/// kinds, in one transaction.
///
/// @param statement for the rows of one kind
record CopyContender(
    String name,
    BenchDatabase database,
    RecordMix mix,
    int batchRows,
    int senders,
    Function<ComparedTable, String> statement)
    implements Contender {

  /// Into the report's schema, with its indexes.
  static CopyContender intoReportSchema(
      BenchDatabase database, RecordMix mix, int batchRows, int senders) {
    return new CopyContender(
        "COPY into the report's schema, batches of %,d".formatted(batchRows),
        database,
        mix,
        batchRows,
        senders,
        ComparedTable::copyStatement);
  }

  /// Into the same tables without an index: the limit.
  static CopyContender intoUnindexedTables(
      BenchDatabase database, RecordMix mix, int batchRows, int senders) {
    return new CopyContender(
        "COPY without any index, batches of %,d".formatted(batchRows),
        database,
        mix,
        batchRows,
        senders,
        ComparedTable::unindexedCopyStatement);
  }

  @Override
  public boolean usesServer() {
    return false;
  }

  @Override
  public Sender open(int number) throws SQLException {
    SplittableRandom random = new SplittableRandom(number + System.nanoTime());
    Map<ComparedTable, List<SampleRow>> byTable = new EnumMap<>(ComparedTable.class);
    for (SampleRow row : mix.rows(batchRows, random)) {
      byTable.computeIfAbsent(ComparedTable.of(row), table -> new ArrayList<>()).add(row);
    }
    List<CopyBatch> parts = new ArrayList<>();
    byTable.forEach((table, rows) -> parts.add(CopyBatch.of(statement.apply(table), rows)));
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    return new CopySender(connection, parts, new FreshMark(random));
  }

  /// A commit leaves nothing to be done.
  @Override
  public void settle() {}

  private record CopySender(Connection connection, List<CopyBatch> parts, FreshMark mark)
      implements Sender {

    @Override
    public int send() throws IOException, SQLException {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      int rows = 0;
      for (CopyBatch part : parts) {
        rows += part.copy(copy, mark);
      }
      connection.commit();
      return rows;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
