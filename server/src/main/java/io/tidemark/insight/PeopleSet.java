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

  /// @param userKey 0 or above
  void add(long userKey) {
    chunk(userKey / CHUNK).set((int) (userKey % CHUNK));
  }

  long size() {
    return chunks.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  private BitSet chunk(long number) {
    return chunks.computeIfAbsent(number, absent -> new BitSet(CHUNK));
  }
}
