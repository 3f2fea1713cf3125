package io.tidemark.bench.questions;

import io.tidemark.bench.server.BenchDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// Asks in SQL over one connection, with days in UTC. Not thread-safe.
final class SqlQuestions implements AutoCloseable {

  private final Connection connection;

  SqlQuestions(BenchDatabase database) throws SQLException {
    this.connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
    }
  }

  /// @param rows every column of every row, as the driver gives them
  /// @param nanos until the last value was read
  record Answer(List<List<@Nullable Object>> rows, long nanos) {}

  /// @throws IllegalStateException when there are no rows
  Answer ask(String sql, QuestionRange range) throws SQLException {
    long start = System.nanoTime();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      // Planned for these values each time, as a statement with values in its text is.
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      bind(statement, sql, range);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<@Nullable Object> row = new ArrayList<>(columns);
          for (int column = 1; column <= columns; column++) {
            row.add(result.getObject(column));
          }
          rows.add(row);
        }
      }
      long nanos = System.nanoTime() - start;
      if (rows.isEmpty()) {
        throw new IllegalStateException("No rows: " + sql);
      }
      return new Answer(rows, nanos);
    }
  }

  private static void bind(PreparedStatement statement, String sql, QuestionRange range)
      throws SQLException {
    List<Object> values =
        List.of(
            range.from().atOffset(ZoneOffset.UTC),
            range.to().atOffset(ZoneOffset.UTC),
            range.userId());
    long parameters = sql.chars().filter(letter -> letter == '?').count();
    for (int i = 0; i < parameters; i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
