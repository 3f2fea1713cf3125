package io.tidemark.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What makes a record the same record when it is sent again: its id, and its timestamp as it was
/// sent. Never the corrected timestamp, which changes with every attempt. Ordered by time, those
/// without a timestamp first; being ordered also keeps hash tables quick whatever senders choose.
///
/// @param sentAt the timestamp as sent, to the microsecond; null when none was sent
/// @param idHash first 64 bits of the SHA-256 of the id: two records sent with the same microsecond
///   and different ids are taken for one another once in 10^19 pairs
/// @param heldSince when it was taken in, for a record without a timestamp that is held on to and
///   may be stored later than its id alone is recognised; null otherwise
public record RecordIdentity(@Nullable Instant sentAt, long idHash, @Nullable Instant heldSince)
    implements Comparable<RecordIdentity> {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(RecordIdentity::sha256);

  public RecordIdentity(@Nullable Instant sentAt, long idHash) {
    this(sentAt, idHash, null);
  }

  public static RecordIdentity of(String id, @Nullable Instant sentAt) {
    byte[] hash = SHA_256.get().digest(id.getBytes(StandardCharsets.UTF_8));
    return new RecordIdentity(
        sentAt == null ? null : sentAt.truncatedTo(ChronoUnit.MICROS),
        ByteBuffer.wrap(hash).getLong());
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(idHash) + (sentAt == null ? 0 : sentAt.hashCode());
  }

  @Override
  public int compareTo(RecordIdentity other) {
    int byTime = compare(sentAt, other.sentAt);
    if (byTime != 0) {
      return byTime;
    }
    int byId = Long.compare(idHash, other.idHash);
    return byId == 0 ? compare(heldSince, other.heldSince) : byId;
  }

  private static int compare(@Nullable Instant one, @Nullable Instant other) {
    if (one == null) {
      return other == null ? 0 : -1;
    }
    return other == null ? 1 : one.compareTo(other);
  }

  /// What the sender gave it: the same for every copy.
  public RecordIdentity asSent() {
    return heldSince == null ? this : new RecordIdentity(sentAt, idHash);
  }

  /// What makes this copy of a record that is held on to the same copy however late it is stored;
  /// null when it is not.
  public @Nullable RecordIdentity asHeld() {
    return heldSince == null ? null : new RecordIdentity(heldSince, idHash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
