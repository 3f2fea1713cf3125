package io.tidemark.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Adds hashes to the chunks of an hour. Chunks of an hour never overlap: one that is found by its
/// first hash is the only one that can hold a hash.
///
/// Some neighbouring chunks at a time are read and, when something is new among them, written anew,
/// evenly filled: so chunks stay full whatever comes late, and little is written for little.
final class PackedChunkStore {

  /// Chunks taken together. One more is read: it says where they end.
  private static final int CHUNKS_AT_ONCE = 8;

  private static final int ROWS_AT_ONCE = 500;

  /// From the chunk on that a hash belongs to.
  private static final String READ =
      """
      SELECT /* identity.pack */ hashes
        FROM packed_identity
       WHERE hour = ?
         AND first_hash >= coalesce(
             (SELECT max(first_hash) FROM packed_identity WHERE hour = ? AND first_hash <= ?),
             -9223372036854775808)
       ORDER BY first_hash
       LIMIT ?
      """;

  private static final String REMOVE =
      "DELETE /* identity.pack */ FROM packed_identity WHERE hour = ? AND first_hash BETWEEN ? AND ?";

  private static final String ADD =
      "INSERT INTO /* identity.pack */ packed_identity (hour, first_hash, hashes) VALUES (?, ?, ?)";

  private PackedChunkStore() {}

  /// Adds those that are not there yet. Whoever calls excludes others that do, to the end of the
  /// transaction.
  ///
  /// @param hour hours since 1970
  /// @param hashes sorted
  /// @return how many were not there
  static long add(Connection connection, long hour, long[] hashes) throws SQLException {
    long added = 0;
    int next = 0;
    while (next < hashes.length) {
      List<long[]> chunks = read(connection, hour, hashes[next]);
      int end = hashes.length;
      if (chunks.size() > CHUNKS_AT_ONCE) {
        long[] following = chunks.removeLast();
        end = firstFrom(hashes, next, following[0]);
      }
      added += merge(connection, hour, chunks, Arrays.copyOfRange(hashes, next, end));
      next = end;
    }
    return added;
  }

  private static long merge(Connection connection, long hour, List<long[]> chunks, long[] fresh)
      throws SQLException {
    long[] known = chunks.stream().flatMapToLong(Arrays::stream).toArray();
    long[] all = SortedHashes.union(known, fresh);
    if (all.length == known.length) {
      return 0;
    }
    if (known.length > 0) {
      try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
        statement.setObject(1, PackedIdentity.startOf(hour).atOffset(ZoneOffset.UTC));
        statement.setLong(2, known[0]);
        statement.setLong(3, chunks.getLast()[0]);
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      int rows = 0;
      for (long[] chunk : SortedHashes.divide(all)) {
        statement.setObject(1, PackedIdentity.startOf(hour).atOffset(ZoneOffset.UTC));
        statement.setLong(2, chunk[0]);
        statement.setBytes(3, SortedHashes.encode(chunk));
        statement.addBatch();
        if (++rows % ROWS_AT_ONCE == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
    return (long) all.length - known.length;
  }

  private static List<long[]> read(Connection connection, long hour, long hash)
      throws SQLException {
    List<long[]> chunks = new ArrayList<>(CHUNKS_AT_ONCE + 1);
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, PackedIdentity.startOf(hour).atOffset(ZoneOffset.UTC));
      statement.setObject(2, PackedIdentity.startOf(hour).atOffset(ZoneOffset.UTC));
      statement.setLong(3, hash);
      statement.setInt(4, CHUNKS_AT_ONCE + 1);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          chunks.add(SortedHashes.decode(rows.getBytes(1)));
        }
      }
    }
    return chunks;
  }

  /// Position of the first hash that is not before that one.
  private static int firstFrom(long[] hashes, int start, long from) {
    int found = Arrays.binarySearch(hashes, start, hashes.length, from);
    return found < 0 ? -found - 1 : found;
  }
}
