package io.tidemark.insight.walk;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// Puts the rows of a piece in the order of their keys, and of time within a key.
public final class RowOrder {

  /// Told of all rows of a key at an instant.
  @FunctionalInterface
  public interface Instants {

    /// @param rows numbers of rows, the first `count`; the same array each time
    void take(int key, long at, int[] rows, int count);
  }

  private RowOrder() {}

  /// @param keyOfRow from 0
  /// @param keys how many there are
  /// @throws CancellationException when the thread is interrupted
  public static void walk(Piece piece, int[] keyOfRow, int keys, Instants each) {
    int count = piece.count();
    if (count == 0) {
      return;
    }
    long start = Long.MAX_VALUE;
    for (int row = 0; row < count; row++) {
      start = Math.min(start, piece.at(row));
    }
    int[] ends = new int[keys + 1];
    for (int row = 0; row < count; row++) {
      ends[keyOfRow[row] + 1]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    int[] next = Arrays.copyOf(ends, keys);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    long[] packed = new long[count];
    for (int row = 0; row < count; row++) {
      packed[next[keyOfRow[row]]++] = ((piece.at(row) - start) << bits) | row;
    }
    int[] rows = new int[8];
    for (int from = 0; from < count; ) {
      int of = keyOfRow[(int) packed[from] & ((1 << bits) - 1)];
      int to = ends[of + 1];
      Arrays.sort(packed, from, to);
      rows = walk(of, packed, from, to, start, bits, rows, each);
      from = to;
    }
  }

  private static int[] walk(
      int key, long[] packed, int from, int to, long start, int bits, int[] some, Instants each) {
    int[] rows = some;
    int mask = (1 << bits) - 1;
    int next = from;
    while (next < to) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Nobody waits for this walk any more");
      }
      long time = packed[next] >>> bits;
      int count = 0;
      for (; next < to && packed[next] >>> bits == time; next++) {
        if (count == rows.length) {
          rows = Arrays.copyOf(rows, count * 2);
        }
        rows[count++] = (int) packed[next] & mask;
      }
      each.take(key, start + time, rows, count);
    }
    return rows;
  }
}
