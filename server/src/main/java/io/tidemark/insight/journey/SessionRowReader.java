package io.tidemark.insight.journey;

import io.tidemark.insight.Course;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.SqlPart;
import io.tidemark.insight.walk.LookBack;
import io.tidemark.insight.walk.Micros;
import io.tidemark.insight.walk.PieceReader;
import io.tidemark.insight.walk.PieceStatement;
import io.tidemark.insight.walk.SessionRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads sessions from detail. Thread-safe.
final class SessionRowReader {

  /// Of several at the same instant the first by name comes first, events before steps.
  private static final String KINDS =
      """
      /* insight.session-kinds */
      SELECT kind_id, name, fact = 'conversion_funnel'
        FROM fact_kind
       WHERE fact IN ('user_event', 'conversion_funnel')
       ORDER BY name COLLATE "C", fact DESC
      """;

  private static final String ROWS =
      """
      SELECT ts, user_key, coalesce(hashtextextended(session_id, 0), 0) AS session, (kind_id << 1 | %s) AS what
        FROM %s AS fact
       WHERE (user_key IS NOT NULL OR session_id IS NOT NULL)
      """;

  private static final List<String> COLUMNS =
      List.of(
          "int8send(coalesce(user_key, 0) << %d | what)".formatted(SessionRows.BITS_OF_WHAT),
          "int8send(session)");

  private final JdbcTemplate jdbc;
  private final PieceReader pieces;

  SessionRowReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.pieces = new PieceReader(jdbc);
  }

  /// @param isExact whether nobody was active without pause for all of 32 days before the range
  record Read<T>(T gathered, boolean isExact) {}

  /// The sessions that begin in a range.
  ///
  /// @param meant which rows are marked; null for none
  /// @param gathering made anew for each attempt: how far back to read is found by trying
  <S, T extends SessionGathering<S>> Read<T> read(
      TimeRange range, @Nullable EventSelector meant, Course course, Supplier<T> gathering) {
    Happenings happenings = readHappenings();
    PieceStatement statement =
        new PieceStatement(
            "insight.sessions",
            COLUMNS,
            null,
            Arrays.stream(DetailTable.values()).map(table -> rows(meant, table)).toList());
    return LookBack.read(
        range.from(),
        start -> {
          T gathered = gathering.get();
          return new Read<>(gathered, walk(range, start, statement, happenings, course, gathered));
        },
        Read::isExact);
  }

  /// Whether it is known where all that reaches into the range began.
  private <S> boolean walk(
      TimeRange range,
      Instant start,
      PieceStatement statement,
      Happenings happenings,
      Course course,
      SessionGathering<S> gathering) {
    long from = Micros.of(range.from());
    long to = Micros.of(range.to());
    long settled = LookBack.settled(start);
    AtomicBoolean isSettled = new AtomicBoolean(true);
    SessionWalk<S> walk =
        new SessionWalk<>(
            gathering,
            session -> {
              boolean isMade = !session.isClients() && session.ended() >= from;
              if (isMade && session.unbrokenSince() <= settled) {
                isSettled.set(false);
              }
              if (session.began() >= from && session.began() < to) {
                gathering.ended(session);
              }
            });
    pieces.read(
        new TimeRange(start, range.to().plus(SessionRule.LONGEST)),
        statement,
        course,
        piece -> walk.take(new SessionRows(piece, happenings)));
    walk.end();
    return isSettled.get();
  }

  private Happenings readHappenings() {
    Happenings happenings = new Happenings();
    jdbc.query(
        KINDS,
        row -> {
          happenings.add(row.getInt(1), new Happened(row.getString(2), row.getBoolean(3)));
        });
    return happenings;
  }

  private static SqlPart rows(@Nullable EventSelector meant, DetailTable table) {
    SqlPart mark = SqlPart.of("0");
    if (meant != null && meant.table() == table) {
      SqlPart condition = meant.condition("fact");
      mark =
          new SqlPart(
              "CASE WHEN %s THEN 1 ELSE 0 END".formatted(condition.sql()), condition.parameters());
    }
    return new SqlPart(ROWS.formatted(mark.sql(), table.detail()), mark.parameters());
  }
}
