package io.tidemark.rollup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the rollups are kept.
///
/// @param refreshInterval pause between two refreshes, 100 ms to 1 hour
/// @param minutesKept how long rollups by the minute are kept, at least 2 days
/// @param verifyInterval pause between two comparisons of an hour or day, chosen by chance, with
///   detail; 1 second to 7 days
@ConfigurationProperties(prefix = "tidemark.rollup", ignoreUnknownFields = false)
public record RollupProperties(
    Duration refreshInterval, Duration minutesKept, Duration verifyInterval) {

  public RollupProperties {
    if (refreshInterval.toMillis() < 100 || refreshInterval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "tidemark.rollup.refresh-interval must be from PT0.1S to PT1H: " + refreshInterval);
    }
    if (minutesKept.compareTo(Duration.ofDays(2)) < 0) {
      throw new IllegalArgumentException(
          "tidemark.rollup.minutes-kept must be at least P2D: " + minutesKept);
    }
    if (verifyInterval.toSeconds() < 1 || verifyInterval.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException(
          "tidemark.rollup.verify-interval must be from PT1S to P7D: " + verifyInterval);
    }
  }
}
