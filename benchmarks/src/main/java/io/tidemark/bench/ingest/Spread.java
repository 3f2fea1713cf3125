package io.tidemark.bench.ingest;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/// Median and extremes of a measurement over the rounds.
record Spread(double median, double least, double most) {

  /// @param items at least one
  static <T> Spread of(Collection<T> items, ToDoubleFunction<T> measurement) {
    double[] sorted = items.stream().mapToDouble(measurement).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /// In whole numbers: `1,200 (1,100–1,300)`.
  @Override
  public String toString() {
    return "%,.0f (%,.0f–%,.0f)".formatted(median, least, most);
  }
}
