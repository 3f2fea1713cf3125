package io.tidemark.ingest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Arithmetic on hashes in ascending order, each once. Pure.
final class SortedHashes {

  /// What fits a row of which four fit a page of 8 KB: 44 bytes of the row are not hashes.
  static final int LARGEST_CHUNK = 248;

  private SortedHashes() {}

  /// Sorts them, in place, and leaves out what repeats. A stream would make an object of each.
  static long[] of(long[] hashes) {
    Arrays.sort(hashes);
    int kept = 0;
    for (long hash : hashes) {
      if (kept == 0 || hash != hashes[kept - 1]) {
        hashes[kept++] = hash;
      }
    }
    return kept == hashes.length ? hashes : Arrays.copyOf(hashes, kept);
  }

  /// What is in the one or in the other.
  static long[] union(long[] one, long[] other) {
    long[] union = new long[one.length + other.length];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      long next = Math.min(one[i], other[j]);
      i += one[i] == next ? 1 : 0;
      j += other[j] == next ? 1 : 0;
      union[count++] = next;
    }
    System.arraycopy(one, i, union, count, one.length - i);
    count += one.length - i;
    System.arraycopy(other, j, union, count, other.length - j);
    count += other.length - j;
    return Arrays.copyOf(union, count);
  }

  /// As few chunks as hold them, of sizes that differ by one at most.
  static List<long[]> divide(long[] hashes) {
    int chunks = (hashes.length + LARGEST_CHUNK - 1) / LARGEST_CHUNK;
    List<long[]> divided = new ArrayList<>(chunks);
    for (int i = 0; i < chunks; i++) {
      int from = (int) ((long) hashes.length * i / chunks);
      int to = (int) ((long) hashes.length * (i + 1) / chunks);
      divided.add(Arrays.copyOfRange(hashes, from, to));
    }
    return divided;
  }

  /// The form in which they are stored: 8 bytes each, the highest first.
  static byte[] encode(long[] hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
    bytes.asLongBuffer().put(hashes);
    return bytes.array();
  }

  static long[] decode(byte[] bytes) {
    long[] hashes = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
    return hashes;
  }
}
