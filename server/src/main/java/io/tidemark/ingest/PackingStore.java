package io.tidemark.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/// Moves the identities of a partition of `record_identity` into `packed_identity`. Servers that do
/// it at the same time wait for each other, transaction by transaction.
///
/// Invariant: what is packed has been committed, and what was committed is packed or in its
/// partition, or in both for a while. So packing may stop anywhere and begin again, and only the
/// last step needs writers to wait: it empties the partition, after packing what came since a
/// [Mark] that is older than all other packing. Order of locks: the advisory lock, the partition.
final class PackingStore {

  /// A moment: what had been written by then was visible to whoever looked later.
  ///
  /// @param oldestRunning the oldest transaction (`xid`) that had not ended
  record Mark(String oldestRunning) {}

  /// Rows of an hour, up to a last one.
  private record Slice(Instant lastSentAt, long lastIdHash, int rows, long packed) {}

  private interface Step<T> {
    T run(Statement statement) throws SQLException;
  }

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String TIMEOUT = "57014";

  private static final String LOCK =
      "SELECT /* identity.pack */ pg_advisory_xact_lock(hashtext(current_schema() || ' packing'))";

  private static final String MARK =
      "SELECT /* identity.pack */ pg_snapshot_xmin(pg_current_snapshot())::xid::text";

  private static final String ANALYZE = "ANALYZE /* identity.pack */ packed_identity";

  /// Writers of late records queue up behind whoever waits for the partition.
  private static final String PATIENCE = "SET LOCAL /* identity.pack */ lock_timeout = '300ms'";

  /// How long they wait for the search for what came since the mark, at most.
  private static final String HASTE = "SET LOCAL /* identity.pack */ statement_timeout = '10s'";

  /// Bounds memory: some 50 MB.
  static final int ROWS_AT_ONCE = 2_000_000;

  /// Bounds how long writers of late records wait. More are packed without them waiting.
  private static final int ROWS_WHILE_LOCKED = 20_000;

  private final DataSource dataSource;
  private final int rowsAtOnce;

  /// @param rowsAtOnce identities that one transaction takes on
  PackingStore(DataSource dataSource, int rowsAtOnce) {
    this.dataSource = dataSource;
    this.rowsAtOnce = rowsAtOnce;
  }

  Mark mark() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MARK)) {
      row.next();
      return new Mark(row.getString(1));
    }
  }

  /// The first hour with identities that is not before that one.
  OptionalLong findHour(String partition, long hour) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT /* identity.pack */ floor(extract(epoch FROM min(sent_at)) / 3600)::bigint FROM %s WHERE sent_at >= '%s'"
                    .formatted(partition, PackedIdentity.startOf(hour)))) {
      row.next();
      long found = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(found);
    }
  }

  /// Packs an hour of a partition.
  ///
  /// @return how many identities were not packed before
  long packHour(String partition, long hour) throws SQLException {
    Slice slice = new Slice(PackedIdentity.startOf(hour).minusNanos(1_000), Long.MAX_VALUE, 0, 0);
    long packed = 0;
    do {
      Slice before = slice;
      slice =
          inTransaction(statement -> packAfter(statement.getConnection(), partition, hour, before));
      packed += slice.packed();
    } while (slice.rows() == rowsAtOnce);
    return packed;
  }

  /// Packs what came since, while more may come.
  ///
  /// @return how many identities were not packed before; empty if more came than memory should
  ///   hold: then nothing is done
  OptionalLong packSince(String partition, Mark mark) throws SQLException {
    return inTransaction(
        statement -> packSince(statement.getConnection(), partition, mark, rowsAtOnce));
  }

  /// Packs what came since and empties the partition. Everything before must be packed.
  ///
  /// @return how many identities were not packed before; empty if too much came since: then nothing
  ///   is done
  /// @throws SQLException if somebody uses the partition or it is too large: see [#isRefused]
  OptionalLong finish(String partition, Mark mark) throws SQLException {
    return inTransaction(statement -> {
      // Keeps VACUUM away and no writer: autovacuum gives way to who waits for a second.
      statement.execute(HASTE);
      statement.execute(
          "LOCK TABLE /* identity.pack */ ONLY %s IN SHARE UPDATE EXCLUSIVE MODE"
              .formatted(partition));
      statement.execute(PATIENCE);
      statement.execute(
          "LOCK TABLE /* identity.pack */ ONLY %s IN ACCESS EXCLUSIVE MODE".formatted(partition));
      OptionalLong packed =
          packSince(statement.getConnection(), partition, mark, ROWS_WHILE_LOCKED);
      if (packed.isPresent()) {
        statement.execute("TRUNCATE /* identity.pack */ ONLY " + partition);
      }
      return packed;
    });
  }

  /// Whether the partition could not be emptied within the time that writers may wait for it.
  static boolean isRefused(SQLException e) {
    return LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || TIMEOUT.equals(e.getSQLState());
  }

  /// Tells PostgreSQL how much there is: writers ask for it again and again, and keep a plan.
  void analyze() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(ANALYZE);
    }
  }

  private Slice packAfter(Connection connection, String partition, long hour, Slice before)
      throws SQLException {
    String query =
        "SELECT /* identity.pack */ sent_at, id_hash FROM %s WHERE (sent_at, id_hash) > ('%s', %d) AND sent_at < '%s' ORDER BY sent_at, id_hash LIMIT %d"
            .formatted(
                partition,
                before.lastSentAt(),
                before.lastIdHash(),
                PackedIdentity.startOf(hour + 1),
                rowsAtOnce);
    LongStream.Builder hashes = LongStream.builder();
    int rows = 0;
    Slice last = before;
    try (IdentityReader identities = new IdentityReader(connection, query)) {
      while (identities.next()) {
        hashes.add(PackedIdentity.of(identities.sentAtMicros(), identities.idHash()).hash());
        rows++;
      }
      if (rows > 0) {
        last = new Slice(instant(identities.sentAtMicros()), identities.idHash(), 0, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The identities of " + partition + " cannot be read", e);
    }
    long packed = PackedChunkStore.add(connection, hour, SortedHashes.of(hashes.build().toArray()));
    return new Slice(last.lastSentAt(), last.lastIdHash(), rows, packed);
  }

  /// The number of a transaction is 32 bits, and `age` knows its way around. Rows that are so old
  /// that their numbers come round again look new, which costs time alone: they are packed already.
  private static OptionalLong packSince(
      Connection connection, String partition, Mark mark, int mostRows) throws SQLException {
    String query =
        "SELECT /* identity.pack */ sent_at, id_hash FROM %s WHERE age(xmin) <= age('%s'::xid) LIMIT %d"
            .formatted(partition, mark.oldestRunning(), mostRows + 1);
    Map<Long, LongStream.Builder> hashesByHour = new TreeMap<>();
    int rows = 0;
    try (IdentityReader identities = new IdentityReader(connection, query)) {
      while (identities.next()) {
        PackedIdentity identity = PackedIdentity.of(identities.sentAtMicros(), identities.idHash());
        hashesByHour
            .computeIfAbsent(identity.hour(), hour -> LongStream.builder())
            .add(identity.hash());
        rows++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The identities of " + partition + " cannot be read", e);
    }
    if (rows > mostRows) {
      return OptionalLong.empty();
    }
    long packed = 0;
    for (Map.Entry<Long, LongStream.Builder> entry : hashesByHour.entrySet()) {
      long[] hashes = SortedHashes.of(entry.getValue().build().toArray());
      packed += PackedChunkStore.add(connection, entry.getKey(), hashes);
    }
    return OptionalLong.of(packed);
  }

  private <T> T inTransaction(Step<T> step) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(LOCK);
        T result = step.run(statement);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
