package io.tidemark.insight;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One person's sessions, from detail. Thread-safe.
final class SessionReader {

  /// @param sessionId null for events without a session
  /// @param events how many there were
  /// @param eventSequence their types in the order of time; the first 1,000
  record PersonSession(
      @Nullable String sessionId,
      Instant startedAt,
      Instant endedAt,
      long events,
      List<String> eventSequence) {}

  private static final String SESSIONS =
      """
      SELECT /* insight.sessions */ session_id, min(ts), max(ts), count(*),
             (array_agg(event_type ORDER BY ts, batch_id))[1:1000]
        FROM user_event
       WHERE user_key = ? AND ts >= ? AND ts < ?
       GROUP BY session_id
       ORDER BY min(ts) DESC
       LIMIT 500
      """;

  private final JdbcClient jdbc;

  SessionReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The newest 500 sessions, newest first.
  List<PersonSession> readSessions(long userKey, TimeRange range) {
    return jdbc.sql(SESSIONS)
        .params(List.of(userKey, range.fromUtc(), range.toUtc()))
        .query((row, number) ->
            new PersonSession(
                row.getString(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getLong(4),
                Arrays.stream((Object[]) row.getArray(5).getArray()).map(String::valueOf).toList()))
        .list();
  }
}
