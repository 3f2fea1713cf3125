package io.tidemark.insight;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Samples merged from rollup rows: how many fell into each bucket, by the value that stands for
/// the bucket. What a bucket is, only SQL knows. Used by one thread.
final class Distribution {

  private final TreeMap<Float, Long> counts = new TreeMap<>();
  private long samples;

  /// Adds a row's distribution.
  void add(Array values, Array bucketCounts) throws SQLException {
    Object[] bucketValues = (Object[]) values.getArray();
    Object[] added = (Object[]) bucketCounts.getArray();
    for (int i = 0; i < bucketValues.length; i++) {
      add(((Number) bucketValues[i]).floatValue(), ((Number) added[i]).longValue());
    }
  }

  void add(float value, long count) {
    counts.merge(value, count, Long::sum);
    samples += count;
  }

  void add(Distribution other) {
    other.counts.forEach((value, count) -> counts.merge(value, count, Long::sum));
    samples += other.samples;
  }

  /// The nearest-rank percentile (`percentile_disc`), within 1 %.
  ///
  /// @param fraction from 0 to 1
  /// @return null when there are no samples
  @Nullable Double percentile(double fraction) {
    long rank = Math.max(1, (long) Math.ceil(fraction * samples));
    long reached = 0;
    for (Map.Entry<Float, Long> bucket : counts.entrySet()) {
      reached += bucket.getValue();
      if (reached >= rank) {
        return bucket.getKey().doubleValue();
      }
    }
    return null;
  }
}
