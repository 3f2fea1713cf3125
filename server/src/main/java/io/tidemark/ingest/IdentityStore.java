package io.tidemark.ingest;

import io.tidemark.record.RecordIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Remembers which records are stored, so that one sent again is recognised. Its rows are written
/// in the transaction that stores the records: the unique keys of the tables are what makes a
/// record stored once, whoever stores it and when.
///
/// Keys are always written in ascending order: two writers with the same records in different
/// orders would otherwise wait for each other.
final class IdentityStore {

  static final Comparator<RecordIdentity> ORDER = Comparator.naturalOrder();

  private static final String COPY =
      "COPY /* identity.write */ record_identity (sent_at, id_hash) FROM STDIN (FORMAT binary)";

  private static final String CLAIM =
      """
      INSERT INTO /* identity.claim */ record_identity (sent_at, id_hash)
      SELECT sent_at, id_hash
        FROM unnest(?::timestamptz[], ?::bigint[]) AS claimed (sent_at, id_hash)
       ORDER BY sent_at, id_hash
      ON CONFLICT DO NOTHING
      RETURNING sent_at, id_hash
      """;

  private static final String CLAIM_UNTIMED =
      """
      INSERT INTO /* identity.claim */ untimed_record AS known (id_hash)
      SELECT id_hash FROM unnest(?::bigint[]) AS claimed (id_hash) ORDER BY id_hash
      ON CONFLICT (id_hash) DO UPDATE SET seen_at = now() WHERE known.seen_at < now() - interval '48 hours'
      RETURNING id_hash
      """;

  private static final String FORGET_UNTIMED =
      "DELETE /* identity.forget */ FROM untimed_record WHERE seen_at < now() - interval '48 hours'";

  private IdentityStore() {}

  /// Writes identities that are most likely new, the quick way.
  ///
  /// @param identities with a timestamp, in [#ORDER]
  /// @throws SQLException a unique violation if any of them is known: nothing of the transaction
  ///   holds then
  static void write(Connection connection, List<RecordIdentity> identities) throws SQLException {
    CopyRows rows = new CopyRows(identities.size() * 26 + 32);
    for (RecordIdentity identity : identities) {
      rows.startRow(2);
      rows.putInstant(sentAt(identity));
      rows.putLong(identity.idHash());
    }
    FactWriter.copy(connection, COPY, rows);
  }

  /// Writes those that are not known yet.
  ///
  /// @param identities with a timestamp
  /// @return those that were not known
  static Set<RecordIdentity> claim(Connection connection, Collection<RecordIdentity> identities)
      throws SQLException {
    Set<RecordIdentity> claimed = new HashSet<>(identities.size() * 2);
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "timestamptz",
              identities.stream().map(identity -> sentAt(identity).toString()).toArray()));
      statement.setArray(2, hashes(connection, identities));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          claimed.add(
              new RecordIdentity(
                  rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getLong(2)));
        }
      }
    }
    return claimed;
  }

  /// Writes those that have not been seen for 48 hours.
  ///
  /// @param identities without a timestamp
  /// @return those that had not been seen
  static Set<RecordIdentity> claimUntimed(
      Connection connection, Collection<RecordIdentity> identities) throws SQLException {
    Set<RecordIdentity> claimed = new HashSet<>(identities.size() * 2);
    try (PreparedStatement statement = connection.prepareStatement(CLAIM_UNTIMED)) {
      statement.setArray(1, hashes(connection, identities));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          claimed.add(new RecordIdentity(null, rows.getLong(1)));
        }
      }
    }
    return claimed;
  }

  /// Forgets records without a timestamp that arrived more than 48 hours ago.
  static void forgetUntimed(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGET_UNTIMED)) {
      statement.executeUpdate();
    }
  }

  private static java.sql.Array hashes(Connection connection, Collection<RecordIdentity> identities)
      throws SQLException {
    return connection.createArrayOf(
        "bigint", identities.stream().map(RecordIdentity::idHash).toArray());
  }

  private static Instant sentAt(RecordIdentity identity) {
    Instant sentAt = identity.sentAt();
    if (sentAt == null) {
      throw new IllegalArgumentException("This identity has no timestamp");
    }
    return sentAt;
  }
}
