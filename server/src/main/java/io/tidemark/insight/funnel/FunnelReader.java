package io.tidemark.insight.funnel;

import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.SqlPart;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads the rows of a funnel, piece by piece in the order of time. Thread-safe.
///
/// A piece is one statement; how long it is goes by how many rows the one before had, so that a few
/// hundred thousand rows are in memory at a time, however many the funnel has.
final class FunnelReader {

  private static final String KINDS =
      """
      /* insight.funnel-kinds */
      SELECT name, kind_id FROM fact_kind WHERE fact = ? AND name = ANY (CAST(? AS text[])) AND qualifier = ''
      """;

  private static final int ROWS_OF_PIECE = 500_000;
  private static final double MOST_GROWTH = 8;
  private static final int FIRST_PIECES = 30;
  private static final Duration SHORTEST_PIECE = Duration.ofMillis(1);

  /// Instants of a piece and numbers of rows must fit into a long together.
  private static final Duration LONGEST_PIECE = Duration.ofDays(60);

  private final JdbcTemplate jdbc;

  FunnelReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param values numbers the values of the breakdown
  void read(Funnel funnel, FunnelValues values, Consumer<FunnelRows> pieces) {
    FunnelStatement statement = FunnelStatement.of(funnel, this::readKinds);
    Instant end = funnel.end();
    Instant from = funnel.range().from();
    Duration length = bounded(Duration.between(from, end).dividedBy(FIRST_PIECES));
    while (from.isBefore(end)) {
      Instant to = from.plus(length).isBefore(end) ? from.plus(length) : end;
      FunnelRows rows = read(statement, from, to, values);
      if (rows.isTooLong()) {
        length = bounded(length.dividedBy(2));
        continue;
      }
      pieces.accept(rows);
      from = to;
      length = next(length, rows.count());
    }
  }

  private Map<String, Integer> readKinds(DetailTable table, List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    jdbc.query(
        KINDS,
        row -> {
          numbers.put(row.getString(1), row.getInt(2));
        },
        table.fact(),
        names.toArray(new String[0]));
    return numbers;
  }

  static Duration next(Duration length, int rows) {
    double growth = Math.min(MOST_GROWTH, (double) ROWS_OF_PIECE / Math.max(1, rows));
    return bounded(Duration.ofNanos((long) (length.toNanos() * growth)));
  }

  private static Duration bounded(Duration length) {
    if (length.compareTo(SHORTEST_PIECE) < 0) {
      return SHORTEST_PIECE;
    }
    return length.compareTo(LONGEST_PIECE) < 0 ? length : LONGEST_PIECE;
  }

  private FunnelRows read(
      FunnelStatement statement, Instant from, Instant to, FunnelValues values) {
    SqlPart sql = statement.piece(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
    return Objects.requireNonNull(
        jdbc.query(
            connection -> {
              PreparedStatement prepared = connection.prepareStatement(sql.sql());
              new ArgumentPreparedStatementSetter(sql.parameters().toArray()).setValues(prepared);
              sendBinary(prepared);
              return prepared;
            },
            (ResultSet row) -> {
              row.next();
              return rows(row, statement, values);
            }));
  }

  /// Arrays of bytes are twice as long as text.
  private static void sendBinary(PreparedStatement prepared) throws SQLException {
    if (prepared.isWrapperFor(PGStatement.class)) {
      prepared.unwrap(PGStatement.class).setPrepareThreshold(-1);
    }
  }

  private static FunnelRows rows(ResultSet row, FunnelStatement statement, FunnelValues values)
      throws SQLException {
    int[] bits = FunnelRows.ints(row.getBytes(3));
    return new FunnelRows(
        FunnelRows.longs(row.getBytes(1)),
        FunnelRows.longs(row.getBytes(2)),
        bits,
        statement.hasSessions() ? FunnelRows.longs(row.getBytes(4)) : new long[0],
        statement.hasValues()
            ? values.ofFirstSteps(bits, texts(row.getArray(statement.hasSessions() ? 5 : 4)))
            : new int[0]);
  }

  private static List<@Nullable String> texts(@Nullable Array array) throws SQLException {
    if (array == null) {
      return List.of();
    }
    @Nullable String[] texts = (@Nullable String[]) array.getArray();
    return Arrays.asList(texts);
  }
}
