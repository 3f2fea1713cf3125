package io.tidemark.insight;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which value stands for which bucket of a distribution: of those that are packed, the rollups
/// keep numbers. What a bucket is, only SQL knows; it is asked once. Thread-safe.
final class BucketValueReader {

  /// Beyond the number of any bucket.
  private static final int BEYOND = 7_000;

  private static final String VALUES =
      """
      SELECT /* insight.buckets */ array_agg(histogram_value(place) ORDER BY place)
        FROM generate_series(-%1$d, %1$d) AS place
      """
          .formatted(BEYOND - 1);

  private final float[] values;

  BucketValueReader(JdbcClient jdbc) {
    Object[] told =
        jdbc.sql(VALUES).query((row, number) -> (Object[]) row.getArray(1).getArray()).single();
    this.values = new float[told.length];
    for (int i = 0; i < told.length; i++) {
      values[i] = ((Number) told[i]).floatValue();
    }
  }

  /// Adds a row's distribution as it is kept.
  ///
  /// @param values of its buckets, where it is not packed
  /// @param steps from the number of each bucket to the next, where it is
  void add(Distribution distribution, @Nullable Array values, @Nullable Array steps, Array counts)
      throws SQLException {
    Object[] added = (Object[]) counts.getArray();
    if (steps == null) {
      Object[] ofBuckets = (Object[]) Objects.requireNonNull(values).getArray();
      for (int i = 0; i < added.length; i++) {
        distribution.add(((Number) ofBuckets[i]).floatValue(), ((Number) added[i]).longValue());
      }
      return;
    }
    Object[] distances = (Object[]) steps.getArray();
    int place = BEYOND - 1;
    for (int i = 0; i < added.length; i++) {
      place += ((Number) distances[i]).intValue();
      distribution.add(this.values[place], ((Number) added[i]).longValue());
    }
  }
}
