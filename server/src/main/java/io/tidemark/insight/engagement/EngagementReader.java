package io.tidemark.insight.engagement;

import io.tidemark.insight.Places;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.engagement.EngagementAnswer.Part;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import io.tidemark.insight.select.SqlPart;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads scores and their parts. Thread-safe.
final class EngagementReader {

  /// @param name as the app or the client calls them
  /// @param isKnown whether the app does
  record Scored(
      long rank,
      long userKey,
      String name,
      boolean isKnown,
      double score,
      long events,
      Instant lastAt) {}

  /// @param percentiles those that were asked for
  /// @param people by bucket, from 0: before the first bound
  record Scores(
      long people, double sum, double max, List<Double> percentiles, Map<Integer, Long> buckets) {}

  private static final int ROWS_AT_ONCE = 10_000;
  private static final EventSelector ANY = new EventSelector(null, null, List.of());

  private static final SqlPart SCORES_OVER_ALL_TIME =
      SqlPart.of(
          "SELECT user_key, total_events AS events, engagement_score AS score, last_activity AS last_at FROM user_engagement_scores");

  private static final String SCORES =
      """
      SELECT user_key, sum(events)::bigint AS events, sum(events * coalesce(weight, 1)) AS score, max(last_at) AS last_at
        FROM (SELECT user_key, kind_id, count(*) AS events, max(ts) AS last_at
                FROM user_event_detail
               WHERE ts >= ? AND ts < ? AND user_key IS NOT NULL
               GROUP BY user_key, kind_id) AS counted
             JOIN fact_kind USING (kind_id) LEFT JOIN engagement_weight ON event_type = name
       GROUP BY user_key
      """;

  private static final String DISTRIBUTION =
      """
      /* insight.engagement */
      WITH scored AS MATERIALIZED (%s)
      SELECT -1 AS bucket, count(*), coalesce(sum(score), 0), coalesce(max(score), 0),
             percentile_disc(CAST(? AS float8[])) WITHIN GROUP (ORDER BY score)
        FROM scored
      UNION ALL
      SELECT width_bucket(score, CAST(? AS float8[])), count(*), 0, 0, NULL
        FROM scored
       GROUP BY 1
      """;

  private static final String RANKED =
      """
      /* insight.engagement */
      SELECT place, user_key, coalesce(user_id, anonymous_id), user_id IS NOT NULL, score, events, last_at
        FROM (SELECT *, rank() OVER (ORDER BY score DESC) AS place FROM (%s) AS scored ORDER BY place, user_key LIMIT ?) AS ranked JOIN app_user USING (user_key)
       WHERE coalesce(user_key = CAST(? AS bigint), TRUE)
       ORDER BY place, user_key
       LIMIT ?
      """;

  private static final String PARTS_OVER_ALL_TIME =
      """
      /* insight.engagement */
      SELECT user_key, event_type, events, coalesce(weight, 1), events * coalesce(weight, 1) AS points
        FROM person_activity LEFT JOIN engagement_weight USING (event_type)
       WHERE user_key = ANY (?)
       ORDER BY user_key, points DESC, event_type COLLATE "C"
      """;

  private static final String PARTS =
      """
      /* insight.engagement */
      SELECT user_key, name, events, coalesce(weight, 1), events * coalesce(weight, 1) AS points
        FROM (SELECT user_key, kind_id, count(*) AS events
                FROM user_event_detail
               WHERE user_key = ANY (?) AND ts >= ? AND ts < ?
               GROUP BY user_key, kind_id) AS counted
             JOIN fact_kind USING (kind_id) LEFT JOIN engagement_weight ON event_type = name
       ORDER BY user_key, points DESC, name COLLATE "C"
      """;

  private static final String LAST_MINUTE =
      """
      SELECT /* insight.engagement */ bucket + interval '1 minute'
        FROM event_rollup
       WHERE grain = 'minute' AND bucket >= ?
       ORDER BY bucket DESC
       LIMIT 1
      """;

  private static final String DAYS =
      """
      /* insight.engagement */
      WITH days AS (%s)
      SELECT user_key, count(*)
        FROM unnest(CAST(? AS bigint[])) AS user_key JOIN days ON chunk = user_key / 32768
       WHERE get_bit(people, (user_key %% 32768)::integer) = 1
       GROUP BY user_key
      """;

  private static final String DAYS_IN_DETAIL =
      """
      /* insight.engagement */
      SELECT user_key, count(DISTINCT %s)
        FROM user_event_detail
       WHERE user_key = ANY (?) AND ts >= ? AND ts < ?
       GROUP BY user_key
      """;

  private final JdbcClient jdbc;

  EngagementReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param range null for all time
  Scores readScores(
      @Nullable TimeRange range, Collection<Double> percentiles, Collection<Double> bounds) {
    SqlPart scores = scores(range);
    List<Object> parameters = new ArrayList<>(scores.parameters());
    parameters.add(percentiles.toArray(Double[]::new));
    parameters.add(bounds.toArray(Double[]::new));
    Map<Integer, Long> buckets = new HashMap<>();
    List<Scores> all = new ArrayList<>();
    jdbc.sql(DISTRIBUTION.formatted(scores.sql()))
        .params(parameters)
        .query(row -> {
          if (row.getInt(1) >= 0) {
            buckets.put(row.getInt(1), row.getLong(2));
            return;
          }
          Array told = row.getArray(5);
          all.add(
              new Scores(
                  row.getLong(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  told == null ? List.of() : Arrays.asList((Double[]) told.getArray()),
                  buckets));
        });
    return all.getFirst();
  }

  /// Highest score first. To be read in a transaction, or all rows are held in memory.
  ///
  /// @param range null for all time
  /// @param person only that one, by `user_key`; null for everyone
  /// @param most null for all
  void readRanked(
      @Nullable TimeRange range,
      @Nullable Long person,
      @Nullable Integer most,
      Consumer<Scored> each) {
    SqlPart scores = scores(range);
    jdbc.sql(RANKED.formatted(scores.sql()))
        .withFetchSize(ROWS_AT_ONCE)
        .params(scores.parameters())
        .param(person == null ? most : null)
        .param(person)
        .param(most)
        .query(row -> {
          each.accept(scored(row));
        });
  }

  /// By person, most points first.
  ///
  /// @param range null for all time
  Map<Long, List<Part>> readParts(Collection<Long> userKeys, @Nullable TimeRange range) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(userKeys.toArray(Long[]::new));
    if (range != null) {
      parameters.add(range.fromUtc());
      parameters.add(range.toUtc());
    }
    Map<Long, List<Part>> parts = new HashMap<>();
    jdbc.sql(range == null ? PARTS_OVER_ALL_TIME : PARTS)
        .params(parameters)
        .query(row -> {
          parts
              .computeIfAbsent(row.getLong(1), absent -> new ArrayList<>())
              .add(new Part(row.getString(2), row.getLong(3), row.getDouble(4), row.getDouble(5)));
        });
    return parts;
  }

  /// The end of the last minute in which there is an event, if that is not over: clocks of clients
  /// may be ahead.
  Optional<Instant> findEndAfter(Instant now) {
    return jdbc.sql(LAST_MINUTE)
        .param(now.truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC))
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /// On how many of the days each person had an event, from rollups.
  ///
  /// @param days of whole minutes
  /// @param minutesSince since when there are rollups by the minute
  Map<Long, Long> readActiveDays(Collection<Long> userKeys, Places days, Instant minutesSince) {
    SqlPart sets = PeopleByInterval.sets(ANY, days, minutesSince);
    List<Object> parameters = new ArrayList<>(sets.parameters());
    parameters.add(userKeys.toArray(Long[]::new));
    return readDays(DAYS.formatted(sets.sql()), parameters);
  }

  /// The same from detail.
  Map<Long, Long> readActiveDays(Collection<Long> userKeys, Places days) {
    return readDays(
        DAYS_IN_DETAIL.formatted(Places.placeOf("ts")),
        List.of(
            days.parameter(),
            userKeys.toArray(Long[]::new),
            days.range().fromUtc(),
            days.range().toUtc()));
  }

  private Map<Long, Long> readDays(String sql, List<Object> parameters) {
    Map<Long, Long> days = new HashMap<>();
    jdbc.sql(sql)
        .params(parameters)
        .query(row -> {
          days.put(row.getLong(1), row.getLong(2));
        });
    return days;
  }

  private static SqlPart scores(@Nullable TimeRange range) {
    return range == null
        ? SCORES_OVER_ALL_TIME
        : SqlPart.of(SCORES, range.fromUtc(), range.toUtc());
  }

  private static Scored scored(ResultSet row) throws SQLException {
    return new Scored(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getBoolean(4),
        row.getDouble(5),
        row.getLong(6),
        row.getObject(7, OffsetDateTime.class).toInstant());
  }
}
