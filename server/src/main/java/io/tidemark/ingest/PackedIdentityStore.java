package io.tidemark.ingest;

import io.tidemark.record.RecordIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds identities that were packed.
///
/// Whoever stores a record writes its identity into `record_identity` first and then asks here, in
/// the same transaction. That is why nothing is stored twice while [PackingStore] moves identities
/// from there to here: writing takes a lock on the partition, which the emptying of the partition
/// excludes. Either the lock came first, then what was there still is, and the unique key says that
/// the record is known. Or the partition was emptied first, then what was in it had been committed
/// here before the lock was given, and a statement that begins after that sees it. It does because
/// each statement sees what was committed before it began: transactions must be READ COMMITTED.
///
/// No clock has a say in it: every group asks which of its hours are packed.
final class PackedIdentityStore {

  private static final String PACKED_HOURS =
      """
      SELECT /* identity.find */ asked.hour
        FROM unnest(?::bigint[]) AS asked (hour)
       WHERE EXISTS (
             SELECT FROM packed_identity
              WHERE packed_identity.hour = to_timestamp(asked.hour * 3600))
      """;

  /// The row that could hold a hash is the last one that does not begin after it. That the hash is
  /// found across two others is as improbable as two equal ones.
  private static final String FIND =
      """
      SELECT /* identity.find */ asked.position
        FROM unnest(?::bigint[], ?::bigint[]) WITH ORDINALITY AS asked (hour, hash, position)
       CROSS JOIN LATERAL (
             SELECT hashes
               FROM packed_identity
              WHERE packed_identity.hour = to_timestamp(asked.hour * 3600)
                AND first_hash <= asked.hash
              ORDER BY first_hash DESC
              LIMIT 1) AS candidate
       WHERE position(int8send(asked.hash) IN candidate.hashes) > 0
      """;

  private PackedIdentityStore() {}

  /// Those that were packed.
  ///
  /// @param connection on which they have been written in the transaction that is under way
  /// @param identities with a timestamp, in order
  static Set<RecordIdentity> find(Connection connection, List<RecordIdentity> identities)
      throws SQLException {
    Set<Long> packed = packedHours(connection, hours(identities));
    if (packed.isEmpty()) {
      return Set.of();
    }
    List<RecordIdentity> late = new ArrayList<>();
    for (RecordIdentity identity : identities) {
      if (packed.contains(PackedIdentity.hourOf(sentAt(identity)))) {
        late.add(identity);
      }
    }
    Set<RecordIdentity> found = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      List<PackedIdentity> asked =
          late.stream()
              .map(identity -> PackedIdentity.of(sentAt(identity), identity.idHash()))
              .toList();
      statement.setObject(1, asked.stream().mapToLong(PackedIdentity::hour).toArray());
      statement.setObject(2, asked.stream().mapToLong(PackedIdentity::hash).toArray());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(late.get(rows.getInt(1) - 1));
        }
      }
    }
    return found;
  }

  private static Set<Long> packedHours(Connection connection, long[] hours) throws SQLException {
    Set<Long> packed = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(PACKED_HOURS)) {
      statement.setObject(1, hours);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          packed.add(rows.getLong(1));
        }
      }
    }
    return packed;
  }

  private static long[] hours(List<RecordIdentity> identities) {
    return identities.stream()
        .mapToLong(identity -> PackedIdentity.hourOf(sentAt(identity)))
        .distinct()
        .toArray();
  }

  private static Instant sentAt(RecordIdentity identity) {
    Instant sentAt = identity.sentAt();
    if (sentAt == null) {
      throw new IllegalArgumentException("This identity has no timestamp");
    }
    return sentAt;
  }
}
