package io.tidemark.insight.performance;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How many sessions converted, with the interval in which the true rate lies with 95 %.
///
/// @param rate null without sessions, as are low and high
@Schema(name = "PerformanceConversion")
public record Conversion(
    long sessions,
    long conversions,
    @Nullable Double rate,
    @Schema(description = "Lower end of the 95 % interval (Wilson)") @Nullable Double low,
    @Schema(description = "Upper end of the 95 % interval (Wilson)") @Nullable Double high) {

  /// Of the standard normal distribution: 95 % lie within.
  static final double Z = 1.959963984540054;

  /// The interval is Wilson's score interval without correction for continuity (E. B. Wilson, JASA
  /// 22, 1927): it holds for few sessions and for rates near 0 and 1 too.
  static Conversion of(long sessions, long conversions) {
    if (sessions == 0) {
      return new Conversion(0, 0, null, null, null);
    }
    double n = sessions;
    double rate = conversions / n;
    double scale = 1 + Z * Z / n;
    double centre = (rate + Z * Z / (2 * n)) / scale;
    double half = Z / scale * Math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n));
    return new Conversion(
        sessions,
        conversions,
        rate,
        conversions == 0 ? 0.0 : centre - half,
        conversions == sessions ? 1.0 : centre + half);
  }
}
