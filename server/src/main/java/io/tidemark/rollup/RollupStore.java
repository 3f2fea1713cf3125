package io.tidemark.rollup;

import io.tidemark.record.FactTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The rollup tables and the work that batches leave for them.
///
/// Invariant: a batch's rows are in the rollups if and only if its row has left `batch_part`,
/// because both happen in one [ExclusiveRollupWriter]. Numbers of batches are given before their
/// commit, so that a later number may be seen first: what is done is told by the rows that are
/// there, never by the highest number. A crash at any point leaves the work as it was.
final class RollupStore {

  private static final String PENDING =
      "SELECT /* rollup.pending */ fact, min(ts_first), max(ts_last) FROM batch_part GROUP BY fact";

  /// Takes the oldest work, up to a number of rows but at least one batch.
  private static final String TAKE =
      """
      WITH oldest AS (
        SELECT batch_id, fact, sum(records) OVER (ORDER BY batch_id, fact) - records AS before
          FROM batch_part
         ORDER BY batch_id, fact
         LIMIT 20000
      ), taken AS (
        DELETE FROM batch_part USING oldest
         WHERE batch_part.batch_id = oldest.batch_id AND batch_part.fact = oldest.fact AND oldest.before < ?
        RETURNING batch_part.*
      )
      SELECT /* rollup.refresh */ fact, array_agg(batch_id), min(batch_id), max(batch_id),
             min(ts_first), max(ts_last), sum(records)
        FROM taken
       GROUP BY fact
      """;

  /// The range of batches lets the BRIN index find the rows, the range of time leaves out
  /// partitions. `+ 0` keeps the list of batches out of the index, which would be read once for
  /// each.
  private static final String NEW_ROWS =
      """
      SELECT * FROM %s
       WHERE batch_id BETWEEN ? AND ? AND ts BETWEEN ? AND ? AND batch_id + 0 = ANY (?)
      """;

  private static final String TOUCHED =
      """
      SELECT /* rollup.unpack */ array_agg(DISTINCT date_bin('1 minute', ts, 'epoch')) AS minute,
             array_agg(DISTINCT date_bin('1 hour', ts, 'epoch')) AS hour, array_agg(DISTINCT date_bin('1 day', ts, 'epoch')) AS day
        FROM (%s) AS source
      """;

  /// Before anything is deleted, readers are told.
  private static final String MOVE_HORIZON =
      """
      UPDATE /* rollup.forget */ rollup_horizon
         SET minutes_since = greatest(minutes_since, now() - make_interval(secs => ?))
      """;

  private static final String FORGET_MINUTES =
      """
      DELETE /* rollup.forget */ FROM %s
       WHERE grain = 'minute' AND bucket < (SELECT minutes_since FROM rollup_horizon)
      """;

  private static final List<String> TABLES = tables();

  private final DataSource dataSource;
  private final Map<FactTable, List<String>> statements = new EnumMap<>(FactTable.class);

  RollupStore(DataSource dataSource) {
    this.dataSource = dataSource;
    for (FactTable table : FactTable.values()) {
      String newRows = NEW_ROWS.formatted(table.tableName());
      statements.put(
          table,
          Rollup.of(table).stream()
              .map(rollup ->
                  rollup.mergeRows("refresh", newRows, List.of(Grain.values()), rollup.keptIn()))
              .toList());
    }
  }

  /// Rows of a fact table that are not in the rollups yet.
  ///
  /// @param first event time of the earliest
  /// @param last event time of the latest
  record Pending(FactTable table, Instant first, Instant last) {}

  List<Pending> pending() throws SQLException {
    List<Pending> pending = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PENDING)) {
      while (rows.next()) {
        pending.add(
            new Pending(
                FactTable.named(rows.getString(1)),
                rows.getObject(2, OffsetDateTime.class).toInstant(),
                rows.getObject(3, OffsetDateTime.class).toInstant()));
      }
    }
    return pending;
  }

  /// Merges the rows of batches that are not in the rollups yet.
  ///
  /// @param mostRecords stop after about so many rows
  /// @return how many rows were merged; 0 when there was nothing to do, or other rollup work takes
  ///   longer than five seconds
  long refresh(long mostRecords) throws SQLException {
    return ExclusiveRollupWriter.run(dataSource, connection -> refresh(connection, mostRecords))
        .orElse(0L);
  }

  void forgetMinutes(Duration kept) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement horizon = connection.prepareStatement(MOVE_HORIZON)) {
      horizon.setDouble(1, (double) kept.toSeconds());
      horizon.executeUpdate();
    }
    for (String table : TABLES) {
      ExclusiveRollupWriter.run(
          dataSource,
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.executeUpdate(FORGET_MINUTES.formatted(table));
            }
          });
    }
  }

  private long refresh(Connection connection, long mostRecords) throws SQLException {
    long merged = 0;
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setLong(1, mostRecords);
      try (ResultSet work = take.executeQuery()) {
        while (work.next()) {
          merge(connection, work);
          merged += work.getLong(7);
        }
      }
    }
    return merged;
  }

  private void merge(Connection connection, ResultSet work) throws SQLException {
    FactTable table = FactTable.named(work.getString(1));
    unpack(connection, table, work);
    for (String sql : statements.getOrDefault(table, List.of())) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        takeRows(statement, work);
        statement.executeUpdate();
      }
    }
  }

  /// Rows that come late find the rollups of their hour packed.
  private void unpack(Connection connection, FactTable table, ResultSet work) throws SQLException {
    List<PackedRollup> packed = Rollup.packedOf(table);
    OffsetDateTime first = work.getObject(5, OffsetDateTime.class);
    OffsetDateTime last = work.getObject(6, OffsetDateTime.class);
    if (!RollupPackingStore.isPacked(connection, packed, first, last)) {
      return;
    }
    String sql = TOUCHED.formatted(NEW_ROWS.formatted(table.tableName()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      takeRows(statement, work);
      try (ResultSet touched = statement.executeQuery()) {
        touched.next();
        RollupPackingStore.unpack(connection, packed, touched);
      }
    }
  }

  private static void takeRows(PreparedStatement statement, ResultSet work) throws SQLException {
    statement.setLong(1, work.getLong(3));
    statement.setLong(2, work.getLong(4));
    statement.setObject(3, work.getObject(5, OffsetDateTime.class));
    statement.setObject(4, work.getObject(6, OffsetDateTime.class));
    statement.setArray(5, work.getArray(2));
  }

  private static List<String> tables() {
    return Stream.of(FactTable.values())
        .flatMap(fact -> Rollup.of(fact).stream())
        .filter(Rollup::isByTime)
        .flatMap(rollup ->
            Stream.concat(
                Stream.of(rollup.keptIn()),
                rollup.packed().map(PackedRollup::packedTable).stream()))
        .distinct()
        .toList();
  }
}
