package io.tidemark.bench.questions;

import java.util.List;

/// How long answers took, in milliseconds. Percentiles by nearest rank.
record Times(double median, double p5, double p95, double max) {

  /// @param millis at least one
  static Times of(List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return new Times(
        percentile(sorted, 0.5),
        percentile(sorted, 0.05),
        percentile(sorted, 0.95),
        sorted[sorted.length - 1]);
  }

  /// `12.3 (11.0–15.2, most 20.1)`.
  @Override
  public String toString() {
    return "%s (%s–%s, most %s)".formatted(text(median), text(p5), text(p95), text(max));
  }

  private static double percentile(double[] sorted, double fraction) {
    int rank = (int) Math.max(1, Math.ceil(fraction * sorted.length));
    return sorted[rank - 1];
  }

  private static String text(double millis) {
    return (millis < 10 ? "%,.2f" : millis < 100 ? "%,.1f" : "%,.0f").formatted(millis);
  }
}
