package io.tidemark.rollup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/// Moves rows of rollups between their unpacked and their packed table.
///
/// Invariant: no bucket of a rollup has rows in both. Whoever merges into a bucket unpacks it
/// first, in the same transaction; all of it happens in an [ExclusiveRollupWriter]. A crash at any
/// point leaves every row where it was.
final class RollupPackingStore {

  private static final String DUE =
      """
      SELECT /* rollup.pack */ array_agg(bucket), count(*)
        FROM (SELECT bucket FROM %s
               WHERE grain = ? AND bucket <= ?
               GROUP BY bucket HAVING %s <= %d
               ORDER BY bucket LIMIT ?) AS due
      """;

  private static final String UNPACK =
      """
      WITH gone AS (
        DELETE FROM %1$s WHERE grain = ? AND bucket = ANY (?)
      )
      INSERT INTO %2$s SELECT /* rollup.unpack */ * FROM %3$s WHERE grain = ? AND bucket = ANY (?)
      """;

  private static final String IS_PACKED =
      """
      EXISTS (SELECT FROM %1$s, span WHERE grain = '%2$s' AND bucket >= date_bin('1 %2$s', first, 'epoch') AND bucket <= last)
      """;

  private static final String ROOM =
      """
      SELECT /* rollup.pack */ pg_total_relation_size('%1$s'), (SELECT coalesce(sum(pg_column_size(kept.*)), 0) FROM %1$s AS kept)
      """;

  /// Waits for nobody: how long it may wait could be said to the session alone, which may be
  /// another's when a pooler is in between.
  private static final String GIVE_ROOM_BACK =
      "VACUUM /* rollup.pack */ (FULL, ANALYZE, SKIP_LOCKED) %s";

  /// Those who read and write the table do so for moments.
  private static final int TRIES = 40;

  private static final Duration UNTIL_NEXT_TRY = Duration.ofMillis(25);

  /// A table that is not smaller than this and four fifths empty is written anew.
  private static final long MUCH_ROOM_BYTES = 2L * 1024 * 1024;

  private static final int MUCH_EMPTIER = 5;

  private final DataSource dataSource;

  RollupPackingStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Packs the oldest buckets that are unpacked.
  ///
  /// @param last buckets that begin then or before
  /// @param mostBuckets at most so many
  /// @return how many buckets, 0 when none is left; empty when other rollup work takes longer than
  ///   five seconds
  Optional<Integer> pack(PackedRollup rollup, Grain grain, Instant last, int mostBuckets)
      throws SQLException {
    String due = DUE.formatted(rollup.unpackedTable(), rollup.size(), rollup.largest());
    return ExclusiveRollupWriter.run(
        dataSource,
        connection -> {
          try (PreparedStatement list = connection.prepareStatement(due)) {
            list.setString(1, grain.columnValue());
            list.setObject(2, last.atOffset(ZoneOffset.UTC));
            list.setInt(3, mostBuckets);
            try (ResultSet row = list.executeQuery()) {
              row.next();
              int buckets = row.getInt(2);
              if (buckets > 0) {
                pack(connection, rollup, grain, row.getArray(1));
              }
              return buckets;
            }
          }
        });
  }

  private static void pack(Connection connection, PackedRollup rollup, Grain grain, Array buckets)
      throws SQLException {
    try (PreparedStatement pack = connection.prepareStatement(rollup.packStatement())) {
      pack.setString(1, grain.columnValue());
      pack.setArray(2, buckets);
      pack.executeUpdate();
    }
  }

  /// Whether anything is packed in a range of time, both ends included.
  static boolean isPacked(
      Connection connection, Collection<PackedRollup> rollups, Object first, Object last)
      throws SQLException {
    List<String> parts = new ArrayList<>();
    for (PackedRollup rollup : rollups) {
      for (Grain grain : rollup.grains()) {
        parts.add(IS_PACKED.formatted(rollup.packedTable(), grain.columnValue()));
      }
    }
    String sql =
        "WITH /* rollup.unpack */ span (first, last) AS (SELECT ?::timestamptz, ?::timestamptz) SELECT "
            + String.join(" OR ", parts);
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setObject(1, first);
      ask.setObject(2, last);
      try (ResultSet row = ask.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /// Unpacks what is packed of some buckets.
  ///
  /// @param buckets a row with an array of buckets for each [Grain], under its name
  static void unpack(Connection connection, Collection<PackedRollup> rollups, ResultSet buckets)
      throws SQLException {
    for (PackedRollup rollup : rollups) {
      String sql =
          UNPACK.formatted(rollup.packedTable(), rollup.unpackedTable(), rollup.packedRows());
      try (PreparedStatement unpack = connection.prepareStatement(sql)) {
        for (Grain grain : rollup.grains()) {
          Array ofGrain = buckets.getArray(grain.columnValue());
          unpack.setString(1, grain.columnValue());
          unpack.setArray(2, ofGrain);
          unpack.setString(3, grain.columnValue());
          unpack.setArray(4, ofGrain);
          unpack.executeUpdate();
        }
      }
    }
  }

  /// After much has left the unpacked table at once, as after an import: writes it anew, so that
  /// its files shrink. Whoever reads it waits, as long as what is left takes to be written; while
  /// somebody uses it, each time it is tried within a second, it stays as it is.
  ///
  /// @return bytes it took before; empty when there was little to give back, or somebody used it
  Optional<Long> giveRoomBack(PackedRollup rollup) throws SQLException {
    String table = rollup.unpackedTable();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      long before = roomOf(statement, table);
      if (before == 0) {
        return Optional.empty();
      }
      for (int left = TRIES; left > 0; left--) {
        statement.execute(GIVE_ROOM_BACK.formatted(table));
        if (roomOf(statement, table) == 0) {
          return Optional.of(before);
        }
        LockSupport.parkNanos(UNTIL_NEXT_TRY.toNanos());
      }
      return Optional.empty();
    }
  }

  /// Bytes that are taken and mostly empty; 0 when it is worth no work.
  private static long roomOf(Statement statement, String table) throws SQLException {
    try (ResultSet size =
        statement.executeQuery("SELECT pg_total_relation_size('%s')".formatted(table))) {
      size.next();
      if (size.getLong(1) < MUCH_ROOM_BYTES) {
        return 0;
      }
    }
    try (ResultSet row = statement.executeQuery(ROOM.formatted(table))) {
      row.next();
      long taken = row.getLong(1);
      return taken > MUCH_EMPTIER * row.getLong(2) ? taken : 0;
    }
  }
}
