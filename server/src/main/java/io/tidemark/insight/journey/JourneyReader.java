package io.tidemark.insight.journey;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.journey.JourneyAnswer.Moment;
import io.tidemark.insight.journey.JourneyAnswer.Traveller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what happened to one person or in one session, from detail. Thread-safe.
final class JourneyReader {

  /// @param userKey under which detail knows the person
  record KnownPerson(long userKey, Traveller traveller) {}

  private static final String PERSON =
      """
      /* insight.journey */
      SELECT user_key, coalesce(user_id, anonymous_id), user_id IS NOT NULL, subscription_tier, traits, first_seen_at
        FROM app_user
       WHERE user_key = ?
      """;

  private static final String MOMENTS =
      """
      /* insight.journey */
      SELECT ts, kind, name, session_id, page, effect_id, value, unit, method, status_code, response_time_ms, cache_hit, properties
        FROM (SELECT ts, 1 AS place, 'event' AS kind, event_type AS name, session_id, page, NULL AS effect_id,
                     NULL::double precision AS value, NULL AS unit, NULL AS method, NULL::integer AS status_code,
                     NULL::double precision AS response_time_ms, NULL::boolean AS cache_hit, properties, batch_id
                FROM user_event WHERE %1$s = ? AND ts >= ? AND ts < ?
              UNION ALL
              SELECT ts, 2, 'step', step, session_id, NULL, effect_id, NULL, NULL, NULL, NULL, NULL, NULL, properties, batch_id
                FROM conversion_funnel WHERE %1$s = ? AND ts >= ? AND ts < ?
              UNION ALL
              SELECT ts, 3, 'metric', type, session_id, page, NULL, value, unit, NULL, NULL, NULL, NULL, properties, batch_id
                FROM performance_metric WHERE %1$s = ? AND ts >= ? AND ts < ?
              UNION ALL
              SELECT ts, 4, 'api_call', endpoint, session_id, NULL, NULL, NULL, NULL, method, status_code, response_time_ms, cache_hit,
                     properties, batch_id
                FROM api_response_time WHERE %1$s = ? AND ts >= ? AND ts < ?) AS moment
       ORDER BY ts, place, name, batch_id
       LIMIT ?
      """;

  private static final int TABLES = 4;

  private final JdbcClient jdbc;

  JourneyReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<KnownPerson> findPerson(long userKey, ZoneId zone) {
    return jdbc.sql(PERSON)
        .param(userKey)
        .query((row, number) ->
            new KnownPerson(
                row.getLong(1),
                new Traveller(
                    row.getString(2),
                    row.getBoolean(3),
                    row.getString(4),
                    row.getString(5),
                    time(row.getObject(6, OffsetDateTime.class), zone))))
        .optional();
  }

  /// By time; at one instant events come before steps, metrics and API calls.
  List<Moment> readOfPerson(long userKey, TimeRange range, int most, ZoneId zone) {
    return read("user_key", userKey, range, most, zone);
  }

  /// By time; at one instant events come before steps, metrics and API calls.
  List<Moment> readOfSession(String sessionId, TimeRange range, int most, ZoneId zone) {
    return read("session_id", sessionId, range, most, zone);
  }

  private List<Moment> read(String column, Object of, TimeRange range, int most, ZoneId zone) {
    List<Object> parameters = new ArrayList<>();
    for (int table = 0; table < TABLES; table++) {
      parameters.add(of);
      parameters.add(range.fromUtc());
      parameters.add(range.toUtc());
    }
    parameters.add(most);
    return jdbc.sql(MOMENTS.formatted(column))
        .params(parameters)
        .query((row, number) -> moment(row, zone))
        .list();
  }

  private static Moment moment(ResultSet row, ZoneId zone) throws SQLException {
    return new Moment(
        time(row.getObject(1, OffsetDateTime.class), zone),
        Objects.requireNonNull(row.getString(2)),
        Objects.requireNonNull(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        (Double) row.getObject(7),
        row.getString(8),
        row.getString(9),
        (Integer) row.getObject(10),
        (Double) row.getObject(11),
        (Boolean) row.getObject(12),
        row.getString(13));
  }

  private static OffsetDateTime time(@Nullable OffsetDateTime read, ZoneId zone) {
    return Objects.requireNonNull(read).atZoneSameInstant(zone).toOffsetDateTime();
  }
}
