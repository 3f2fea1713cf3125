package io.tidemark.insight;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Which people, exactly: sets of rollups put together, whether they come as bits or as members.
/// Used by one thread.
final class PeopleSet {

  /// People of one chunk, whose keys follow one another.
  private static final int CHUNK = 32_768;

  /// The bits follow how many they are.
  private static final int LENGTH_BYTES = Integer.BYTES;

  private final Map<Long, BitSet> chunks = new HashMap<>();

  /// Adds those whose bit is set.
  ///
  /// @param firstKey the `user_key` of the first bit, a multiple of 32,768
  /// @param sent as PostgreSQL's `bit_send` puts it, at most 32,768 bits
  void addBits(long firstKey, byte[] sent) {
    BitSet chunk = chunk(firstKey / CHUNK);
    for (int at = LENGTH_BYTES; at < sent.length; at++) {
      int first = (at - LENGTH_BYTES) * Byte.SIZE;
      for (int left = sent[at] & 0xFF; left != 0; left &= left - 1) {
        chunk.set(first + Byte.SIZE - 1 - Integer.numberOfTrailingZeros(left));
      }
    }
  }

  /// Adds the members that one of several keys has.
  ///
  /// @param firstKey what is added to the numbers in `members` to make a `user_key`
  /// @param held as PostgreSQL's `bit_send` puts it: for one key after the other, a bit for each
  ///   member
  /// @param place which of the keys, from 0
  void addMembers(long firstKey, Object[] members, byte[] held, int place) {
    int first = LENGTH_BYTES * Byte.SIZE + place * members.length;
    for (int i = 0; i < members.length; i++) {
      int bit = first + i;
      if ((held[bit / Byte.SIZE] & (1 << (Byte.SIZE - 1 - bit % Byte.SIZE))) != 0) {
        add(firstKey + ((Number) members[i]).longValue());
      }
    }
  }

  private void add(long userKey) {
    chunk(userKey / CHUNK).set((int) (userKey % CHUNK));
  }

  long size() {
    return chunks.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  private BitSet chunk(long number) {
    return chunks.computeIfAbsent(number, absent -> new BitSet(CHUNK));
  }
}
