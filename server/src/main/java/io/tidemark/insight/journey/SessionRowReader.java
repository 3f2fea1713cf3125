package io.tidemark.insight.journey;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.SqlPart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads sessions from detail, as a stream. Thread-safe.
final class SessionRowReader {

  /// How far back rows are looked for at most: someone who is active all that time without ever
  /// pausing has sessions that are cut where the reading began.
  private static final Duration FARTHEST_BACK = Duration.ofDays(32);

  private static final int ROWS_AT_ONCE = 10_000;

  /// Of several at the same instant the first by name comes first, events before steps.
  private static final String ROWS =
      """
      /* insight.sessions */
      WITH kind AS (
        SELECT kind_id, name, row_number() OVER (ORDER BY name COLLATE "C", fact DESC) AS place
          FROM fact_kind WHERE fact IN ('user_event', 'conversion_funnel')
      )
      SELECT ts, user_key, session_id, name, is_step, is_meant
        FROM (SELECT ts, user_key, session_id, kind_id, FALSE AS is_step, %s AS is_meant
                FROM user_event_detail AS fact
               WHERE ts >= ? AND ts < ? AND (user_key IS NOT NULL OR session_id IS NOT NULL)
              UNION ALL
              SELECT ts, user_key, session_id, kind_id, TRUE, %s
                FROM conversion_funnel_detail AS fact
               WHERE ts >= ? AND ts < ? AND (user_key IS NOT NULL OR session_id IS NOT NULL)) AS happened
             JOIN kind USING (kind_id)
       ORDER BY ts, place
      """;

  private final JdbcClient jdbc;

  SessionRowReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param isExact whether nobody was active without pause for all of 32 days before the range
  record Read<T>(T gathered, boolean isExact) {}

  /// The sessions that begin in a range. To be read in a transaction, or all rows are held in
  /// memory.
  ///
  /// @param meant which rows are marked; null for none
  /// @param gathering made anew for each attempt: how far back to read is found by trying
  <S, T extends SessionGathering<S>> Read<T> read(
      TimeRange range, @Nullable EventSelector meant, Supplier<T> gathering) {
    for (Duration back = SessionWalk.LONGEST; ; back = back.multipliedBy(2)) {
      T gathered = gathering.get();
      boolean isSettled = walk(range, range.from().minus(back), meant, gathered);
      if (isSettled || back.compareTo(FARTHEST_BACK) >= 0) {
        return new Read<>(gathered, isSettled);
      }
    }
  }

  /// Whether it is known where all that reaches into the range began.
  private <S> boolean walk(
      TimeRange range,
      Instant start,
      @Nullable EventSelector meant,
      SessionGathering<S> gathering) {
    long from = micros(range.from());
    long to = micros(range.to());
    long settled = micros(start.plus(SessionWalk.SILENCE));
    AtomicBoolean isSettled = new AtomicBoolean(true);
    SessionWalk<S> walk =
        new SessionWalk<>(
            gathering,
            session -> {
              boolean isMade = session.sessionId() == null && session.endedMicros() >= from;
              if (isMade && session.unbrokenSinceMicros() <= settled) {
                isSettled.set(false);
              }
              if (session.beganMicros() >= from && session.beganMicros() < to) {
                gathering.ended(session);
              }
            });
    SqlPart events = mark(meant, DetailTable.USER_EVENT);
    SqlPart steps = mark(meant, DetailTable.CONVERSION_FUNNEL);
    TimeRange read = new TimeRange(start, range.to().plus(SessionWalk.LONGEST));
    List<Object> parameters = new ArrayList<>(events.parameters());
    parameters.add(read.fromUtc());
    parameters.add(read.toUtc());
    parameters.addAll(steps.parameters());
    parameters.add(read.fromUtc());
    parameters.add(read.toUtc());
    jdbc.sql(ROWS.formatted(events.sql(), steps.sql()))
        .withFetchSize(ROWS_AT_ONCE)
        .params(parameters)
        .query(row -> {
          walk.add(row(row));
        });
    walk.end();
    return isSettled.get();
  }

  private static SqlPart mark(@Nullable EventSelector meant, DetailTable table) {
    if (meant == null || meant.table() != table) {
      return SqlPart.of("FALSE");
    }
    SqlPart condition = meant.condition("fact");
    return new SqlPart("(%s) IS TRUE".formatted(condition.sql()), condition.parameters());
  }

  private static SessionRow row(ResultSet row) throws SQLException {
    return new SessionRow(
        micros(row.getObject(1, OffsetDateTime.class).toInstant()),
        row.getLong(2),
        row.getString(3),
        new Happened(row.getString(4), row.getBoolean(5)),
        row.getBoolean(6));
  }

  /// Since 1970.
  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
