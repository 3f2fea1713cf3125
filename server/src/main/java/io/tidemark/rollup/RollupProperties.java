package io.tidemark.rollup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the rollups are kept.
///
/// @param refreshInterval pause between two refreshes, 100 ms to 1 hour
/// @param minutesKept how long rollups by the minute are kept, at least 26 hours
/// @param verifyInterval pause between two comparisons of an hour or day, chosen by chance, with
///   detail; 1 second to 7 days
@ConfigurationProperties(prefix = "tidemark.rollup", ignoreUnknownFields = false)
public record RollupProperties(
    Duration refreshInterval, Duration minutesKept, Duration verifyInterval) {

  /// The last 24 hours are answered to the minute; minutes are whole for an hour less than they are
  /// kept.
  private static final Duration LEAST_MINUTES = Duration.ofHours(26);

  public RollupProperties {
    if (refreshInterval.toMillis() < 100 || refreshInterval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "tidemark.rollup.refresh-interval must be from PT0.1S to PT1H: " + refreshInterval);
    }
    if (minutesKept.compareTo(LEAST_MINUTES) < 0) {
      throw new IllegalArgumentException(
          "tidemark.rollup.minutes-kept must be at least PT26H: " + minutesKept);
    }
    if (verifyInterval.toSeconds() < 1 || verifyInterval.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException(
          "tidemark.rollup.verify-interval must be from PT1S to P7D: " + verifyInterval);
    }
  }
}
