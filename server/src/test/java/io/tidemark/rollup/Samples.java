package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/// Values of a bucket as they are in detail, and what rollups promise to say of them.
record Samples(List<Double> sorted) {

  private static final double SMALLEST_TOLD_FROM_ZERO = 1e-30;
  private static final double LARGEST_TOLD_APART = 1e30;
  private static final double PROMISED_ERROR = 0.01;
  private static final double ROUNDING = 1e-6;

  static Samples of(Collection<Double> values) {
    return new Samples(values.stream().sorted().toList());
  }

  /// The value at the nearest rank: `percentile_disc`.
  double percentile(double fraction) {
    return sorted.get(Math.max(1, (int) Math.ceil(fraction * sorted.size())) - 1);
  }

  void assertPercentile(double fraction, double actual) {
    double exact = percentile(fraction);
    double told = told(exact);
    assertThat(actual)
        .as("percentile %s of %d samples, exactly %s", fraction, sorted.size(), exact)
        .satisfies(value ->
            assertThat(Math.abs(value - told))
                .isLessThanOrEqualTo(
                    Math.abs(told) * (PROMISED_ERROR + ROUNDING) + SMALLEST_TOLD_FROM_ZERO));
  }

  /// Sums of floating point depend on the order: they agree to a part in a thousand million of what
  /// was added up.
  void assertTotal(double actual) {
    BigDecimal exact = BigDecimal.ZERO;
    BigDecimal size = BigDecimal.ONE.movePointLeft(300);
    for (double value : sorted) {
      BigDecimal summed = new BigDecimal(told(value));
      exact = exact.add(summed);
      size = size.add(summed.abs());
    }
    assertThat(new BigDecimal(actual).subtract(exact).abs())
        .as("total %s instead of %s", actual, exact.doubleValue())
        .isLessThanOrEqualTo(size.multiply(new BigDecimal("1e-9")));
  }

  private static double told(double value) {
    return Math.max(-LARGEST_TOLD_APART, Math.min(value, LARGEST_TOLD_APART));
  }
}
