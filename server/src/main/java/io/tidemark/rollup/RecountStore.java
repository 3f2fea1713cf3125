package io.tidemark.rollup;

import io.tidemark.record.FactTable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Hours whose rollups are to be made anew from detail, and the making.
///
/// Invariant: in the transaction that takes an hour from the list, its rows by the minute and by
/// the hour are counted from detail and its day is made of its hours. Rows of batches that are
/// still to be merged are left out; the next refresh adds them. A crash at any point leaves the
/// list as it was.
final class RecountStore {

  private static final String MARK =
      """
      INSERT INTO /* rollup.mark */ rollup_stale_hour (fact, hour, reason)
      SELECT ?, hour, 'rebuild' FROM generate_series(?::timestamptz, ?::timestamptz - interval '1 hour', '1 hour') AS hour
      ON CONFLICT (fact, hour) DO NOTHING
      """;

  private static final String WITHDRAW =
      "DELETE /* rollup.withdraw */ FROM rollup_stale_hour WHERE reason = 'rebuild'";

  private static final String COUNT = "SELECT /* rollup.stale */ count(*) FROM rollup_stale_hour";

  /// Takes hours of one day and fact table: of the day that was marked first.
  private static final String TAKE =
      """
      WITH first AS (
        SELECT fact, date_bin('1 day', hour, 'epoch') AS day FROM rollup_stale_hour ORDER BY marked_at, hour, fact LIMIT 1
      ), next AS (
        SELECT fact, hour, day
          FROM rollup_stale_hour JOIN first USING (fact)
         WHERE hour >= day AND hour < day + interval '24 hours'
         ORDER BY hour
         LIMIT ?
      ), taken AS (
        DELETE FROM rollup_stale_hour AS stale USING next
         WHERE stale.fact = next.fact AND stale.hour = next.hour
        RETURNING stale.fact, stale.hour, next.day
      )
      SELECT /* rollup.recount */ fact, day, array_agg(hour), min(hour), max(hour) + interval '1 hour', count(*)
        FROM taken
       GROUP BY fact, day
      """;

  private static final String ROWS =
      """
      SELECT * FROM %1$s
       WHERE ts >= :from AND ts < :to AND date_bin('1 hour', ts, 'epoch') = ANY (:hours)
         AND batch_id NOT IN (SELECT batch_id FROM batch_part WHERE fact = '%1$s')
      """;

  private static final String CLEAR =
      """
      DELETE /* rollup.recount */ FROM %s
       WHERE %s
         AND (grain = 'hour' AND bucket = ANY (:hours)
              OR grain = 'minute' AND bucket >= :from AND bucket < :to AND date_bin('1 hour', bucket, 'epoch') = ANY (:hours)
              OR grain = 'day' AND bucket = :day)
      """;

  private static final String TOUCHED =
      """
      SELECT /* rollup.recount */ array_agg(hour + make_interval(mins => minute)) AS minute, array_agg(DISTINCT hour) AS hour,
             array_agg(DISTINCT date_bin('1 day', hour, 'epoch')) AS day
        FROM unnest(?) AS hour, generate_series(0, 59) AS minute
      """;

  private static final String HOURS_OF_DAY = "bucket >= :day AND bucket < :nextDay";

  private static final String NO_LONGER_DIFFERENT =
      """
      DELETE /* rollup.recount */ FROM rollup_difference
       WHERE fact = :fact AND (date_bin('1 hour', bucket, 'epoch') = ANY (:hours) OR grain = 'day' AND bucket = :day)
      """;

  private static final String CLEAR_ACTIVITY =
      "DELETE /* rollup.recount */ FROM person_events; DELETE FROM rollup_difference WHERE bucket IS NULL";

  private static final String ALL_EVENTS =
      """
      SELECT * FROM user_event
       WHERE batch_id NOT IN (SELECT batch_id FROM batch_part WHERE fact = 'user_event')
      """;

  private static final Set<Grain> PARTS_OF_A_DAY = Set.of(Grain.MINUTE, Grain.HOUR);

  private final DataSource dataSource;

  RecountStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// What a call of [#recount] did.
  record Recounted(FactTable fact, Instant from, Instant to, int hours) {}

  /// Puts hours on the list.
  ///
  /// @param from a whole hour
  /// @param to a whole hour after it
  void mark(FactTable fact, Instant from, Instant to) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(MARK)) {
      statement.setString(1, fact.tableName());
      statement.setObject(2, utc(from));
      statement.setObject(3, utc(to));
      statement.executeUpdate();
    }
  }

  /// Takes from the list what [#mark] put there; hours whose detail has changed stay.
  void withdraw() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(WITHDRAW);
    }
  }

  /// How many hours are on the list.
  int count() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNT)) {
      row.next();
      return row.getInt(1);
    }
  }

  /// Makes the rollups of some hours anew: of one fact table and day.
  ///
  /// @param mostHours at most so many, 1 to 24
  /// @return empty when the list is empty or other rollup work is going on
  Optional<Recounted> recount(int mostHours) throws SQLException {
    return ExclusiveRollupWriter.run(
            dataSource,
            connection -> {
              try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.setInt(1, mostHours);
                try (ResultSet work = take.executeQuery()) {
                  return work.next()
                      ? Optional.of(recount(connection, work))
                      : Optional.<Recounted>empty();
                }
              }
            })
        .flatMap(recounted -> recounted);
  }

  /// Counts everyone's events anew.
  ///
  /// @return false when other rollup work is going on
  boolean recountActivity() throws SQLException {
    Rollup activity = Rollup.activity();
    return ExclusiveRollupWriter.run(
            dataSource,
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(CLEAR_ACTIVITY);
                statement.executeUpdate(
                    activity.mergeRows("recount", ALL_EVENTS, Set.of(), activity.keptIn()));
              }
              return true;
            })
        .orElse(false);
  }

  private Recounted recount(Connection connection, ResultSet work) throws SQLException {
    FactTable fact = FactTable.named(work.getString(1));
    OffsetDateTime day = work.getObject(2, OffsetDateTime.class);
    OffsetDateTime from = work.getObject(4, OffsetDateTime.class);
    OffsetDateTime to = work.getObject(5, OffsetDateTime.class);
    Map<String, Object> slice =
        Map.of(
            "hours", work.getArray(3),
            "from", from,
            "to", to,
            "day", day,
            "nextDay", day.plusDays(1));
    unpack(connection, fact, work.getArray(3));
    String rows = ROWS.formatted(fact.tableName());
    JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    for (Rollup rollup : Rollup.of(fact)) {
      if (rollup.isByTime()) {
        jdbc.sql(CLEAR.formatted(rollup.keptIn(), rollup.ownRows())).params(slice).update();
        jdbc.sql(rollup.mergeRows("recount", rows, PARTS_OF_A_DAY, rollup.keptIn()))
            .params(slice)
            .update();
        jdbc.sql(rollup.mergeHours("recount", HOURS_OF_DAY)).params(slice).update();
      }
    }
    jdbc.sql(NO_LONGER_DIFFERENT).param("fact", fact.tableName()).params(slice).update();
    return new Recounted(fact, from.toInstant(), to.toInstant(), work.getInt(6));
  }

  private static void unpack(Connection connection, FactTable fact, Array hours)
      throws SQLException {
    try (PreparedStatement list = connection.prepareStatement(TOUCHED)) {
      list.setArray(1, hours);
      try (ResultSet touched = list.executeQuery()) {
        touched.next();
        RollupPackingStore.unpack(connection, Rollup.packedOf(fact), touched);
      }
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
