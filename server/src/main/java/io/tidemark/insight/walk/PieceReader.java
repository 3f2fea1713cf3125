package io.tidemark.insight.walk;

import io.tidemark.insight.Course;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.SqlPart;
import io.tidemark.platform.ProblemException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.PGStatement;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads rows of detail, piece by piece in the order of time, and has them walked while the next
/// piece is read. Thread-safe.
///
/// A piece is one statement; how long it is goes by how many rows the one before had. So a few
/// hundred thousand rows are in memory at a time, however many there are: one piece that is being
/// read, one that is being walked. A piece that has too many is not handed over, and cut.
public final class PieceReader {

  /// How many rows pieces have.
  ///
  /// @param meant about so many
  /// @param most a piece with more is cut
  /// @param mostOfShortest where that cannot be cut, the question is refused
  record Size(int meant, int most, int mostOfShortest) {}

  private static final Size SIZE = new Size(250_000, 1_000_000, 4_000_000);
  private static final double MOST_GROWTH = 6;
  private static final int FIRST_PIECES = 30;
  private static final Duration SHORTEST_PIECE = Duration.ofMillis(1);

  private static final Duration LONGEST_FIRST_PIECE = Duration.ofDays(1);

  /// Bounds what PostgreSQL puts together for a piece that turns out to have too many rows. Times
  /// of a piece and numbers of its rows must fit into a long together.
  private static final Duration LONGEST_PIECE = Duration.ofDays(10);

  private static final String LAST_KIND =
      "SELECT /* insight.last-kind */ max(kind_id) FROM fact_kind";
  private static final int MOST_KINDS = 1 << 23;

  private final JdbcTemplate jdbc;
  private final Size size;

  public PieceReader(JdbcTemplate jdbc) {
    this(jdbc, SIZE);
  }

  PieceReader(JdbcTemplate jdbc, Size size) {
    this.jdbc = jdbc;
    this.size = size;
  }

  /// @param walk told of one piece after the other, in a thread of its own; what it throws ends the
  ///   reading
  public void read(TimeRange range, PieceStatement statement, Course course, Consumer<Piece> walk) {
    requireKindsFit();
    Instant from = range.from();
    Duration length = first(range);
    LongTextReader longTexts = new LongTextReader(jdbc);
    try (Walker walker = Walker.start(walk, course)) {
      while (from.isBefore(range.to())) {
        course.requireWanted();
        Instant next = from.plus(length).truncatedTo(ChronoUnit.MICROS);
        Instant to = next.isBefore(range.to()) ? next : range.to();
        Optional<Piece> piece = read(statement, from, to, longTexts);
        if (piece.isPresent()) {
          walker.take(piece.get());
          length = next(length, piece.get().count());
          from = to;
        } else {
          length = bounded(Duration.between(from, to).dividedBy(4));
        }
      }
      walker.finish();
    }
  }

  /// Columns give kinds 23 bits.
  private void requireKindsFit() {
    Long last = jdbc.queryForObject(LAST_KIND, Long.class);
    if (last != null && last >= MOST_KINDS) {
      throw ProblemException.of(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "kinds_too_large",
          "There are more than %,d names of events, steps, metrics and endpoints; are there ids in them?"
              .formatted(MOST_KINDS));
    }
  }

  private static Duration first(TimeRange range) {
    Duration length = bounded(Duration.between(range.from(), range.to()).dividedBy(FIRST_PIECES));
    return length.compareTo(LONGEST_FIRST_PIECE) < 0 ? length : LONGEST_FIRST_PIECE;
  }

  private Duration next(Duration length, int rows) {
    double growth = Math.min(MOST_GROWTH, (double) size.meant() / Math.max(1, rows));
    return bounded(Duration.ofNanos((long) (length.toNanos() * growth)));
  }

  private static Duration bounded(Duration length) {
    if (length.compareTo(SHORTEST_PIECE) < 0) {
      return SHORTEST_PIECE;
    }
    return length.compareTo(LONGEST_PIECE) < 0 ? length : LONGEST_PIECE;
  }

  /// @return nothing when the piece has too many rows
  private Optional<Piece> read(
      PieceStatement statement, Instant from, Instant to, LongTextReader longTexts) {
    Optional<Piece> piece = readRows(statement, from, to, longTexts);
    if (piece.isPresent() && !piece.get().texts().unknown().isEmpty()) {
      longTexts.read(
          statement.longTexts(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC)));
    }
    return piece;
  }

  private Optional<Piece> readRows(
      PieceStatement statement, Instant from, Instant to, LongTextReader longTexts) {
    boolean isShortest = Duration.between(from, to).compareTo(SHORTEST_PIECE) <= 0;
    int mostRows = isShortest ? size.mostOfShortest() : size.most();
    SqlPart sql =
        statement.piece(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), mostRows);
    return Objects.requireNonNull(
        jdbc.query(
            connection -> {
              PreparedStatement prepared = connection.prepareStatement(sql.sql());
              new ArgumentPreparedStatementSetter(sql.parameters().toArray()).setValues(prepared);
              sendBinary(prepared);
              prepared.setFetchSize(0);
              return prepared;
            },
            (ResultSet row) -> {
              row.next();
              if (row.getLong(1) <= mostRows) {
                return Optional.of(piece(row, statement, Micros.of(to), longTexts));
              }
              if (isShortest) {
                throw tooManyAt(from);
              }
              return Optional.<Piece>empty();
            }));
  }

  private ProblemException tooManyAt(Instant from) {
    return ProblemException.of(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "instant_too_large",
        "More than %d rows have the time %s; leave it out".formatted(size.mostOfShortest(), from));
  }

  /// Bytes are twice as long as text. To be sent them as they are, the driver keeps the statement
  /// prepared on the connection, which some poolers do not bear: it may have been told never to
  /// (`prepareThreshold=0`).
  private static void sendBinary(PreparedStatement prepared) throws SQLException {
    if (prepared.isWrapperFor(PGStatement.class)) {
      PGStatement driver = prepared.unwrap(PGStatement.class);
      if (driver.getPrepareThreshold() > 0) {
        driver.setPrepareThreshold(-1);
      }
    }
  }

  private static Piece piece(
      ResultSet row, PieceStatement statement, long endMicros, LongTextReader longTexts)
      throws SQLException {
    List<LongColumn> columns = new ArrayList<>();
    int place = 2;
    for (; place <= statement.columns().size() + 2; place++) {
      columns.add(LongColumn.of(row.getBytes(place)));
    }
    byte[] texts = statement.texts() == null ? null : row.getBytes(place);
    return new Piece(endMicros, columns, new TextColumn(texts, longTexts.byHash()));
  }
}
