package io.tidemark.bench.ingest;

import io.tidemark.bench.rows.ComparedTable;
import io.tidemark.bench.rows.SampleRow;
import io.tidemark.bench.server.BenchDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/// INSERT of one row a transaction into the report's schema: what most apps do.
record InsertContender(BenchDatabase database, RecordMix mix, int senders) implements Contender {

  private static final int ROWS_PREPARED = 1_000;

  @Override
  public String name() {
    return "INSERT into the report's schema, single rows, %d clients".formatted(senders);
  }

  @Override
  public boolean usesServer() {
    return false;
  }

  @Override
  public Sender open(int number) throws SQLException {
    SplittableRandom random = new SplittableRandom(number + System.nanoTime());
    Connection connection = database.connect();
    Map<ComparedTable, PreparedStatement> statements = new EnumMap<>(ComparedTable.class);
    for (ComparedTable table : ComparedTable.values()) {
      statements.put(table, connection.prepareStatement(table.insertStatement()));
    }
    return new InsertSender(
        connection, statements, mix.rows(ROWS_PREPARED, random), new FreshMark(random));
  }

  /// A commit leaves nothing to be done.
  @Override
  public void settle() {}

  private static final class InsertSender implements Sender {

    private final Connection connection;
    private final Map<ComparedTable, PreparedStatement> statements;
    private final List<SampleRow> rows;
    private final FreshMark mark;
    private int next;

    InsertSender(
        Connection connection,
        Map<ComparedTable, PreparedStatement> statements,
        List<SampleRow> rows,
        FreshMark mark) {
      this.connection = connection;
      this.statements = statements;
      this.rows = rows;
      this.mark = mark;
    }

    @Override
    public int send() throws SQLException {
      SampleRow row = rows.get(next++ % rows.size());
      ComparedTable table = ComparedTable.of(row);
      PreparedStatement statement = statements.get(table);
      if (statement == null) {
        throw new IllegalStateException("no statement for " + table);
      }
      mark.draw(System.currentTimeMillis());
      statement.setObject(1, new UUID(mark.high(), mark.low()));
      statement.setTimestamp(2, new Timestamp(mark.millis()));
      int column = 3;
      for (Object value : ComparedTable.values(row)) {
        statement.setObject(column++, value);
      }
      return statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
