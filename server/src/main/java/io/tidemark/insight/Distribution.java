package io.tidemark.insight;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Samples merged from rollup rows: how many fell into each bucket, by the value that stands for
/// the bucket. What a bucket is, only SQL knows. Used by one thread.
final class Distribution {

  private static final int FIRST_CAPACITY = 64;

  /// Ascending.
  private float[] values = new float[FIRST_CAPACITY];

  private long[] counts = new long[FIRST_CAPACITY];
  private int buckets;
  private long samples;

  void add(float value, long count) {
    int found = Arrays.binarySearch(values, 0, buckets, value);
    if (found >= 0) {
      counts[found] += count;
    } else {
      insert(-found - 1, value, count);
    }
    samples += count;
  }

  void add(Distribution other) {
    for (int i = 0; i < other.buckets; i++) {
      add(other.values[i], other.counts[i]);
    }
  }

  /// The nearest-rank percentile (`percentile_disc`), within 1 %.
  ///
  /// @param fraction from 0 to 1
  /// @return null when there are no samples
  @Nullable Double percentile(double fraction) {
    long rank = Math.max(1, (long) Math.ceil(fraction * samples));
    long reached = 0;
    for (int i = 0; i < buckets; i++) {
      reached += counts[i];
      if (reached >= rank) {
        return (double) values[i];
      }
    }
    return null;
  }

  private void insert(int place, float value, long count) {
    if (buckets == values.length) {
      values = Arrays.copyOf(values, 2 * buckets);
      counts = Arrays.copyOf(counts, 2 * buckets);
    }
    System.arraycopy(values, place, values, place + 1, buckets - place);
    System.arraycopy(counts, place, counts, place + 1, buckets - place);
    values[place] = value;
    counts[place] = count;
    buckets++;
  }
}
