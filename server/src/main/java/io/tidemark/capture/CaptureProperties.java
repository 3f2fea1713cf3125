package io.tidemark.capture;

import io.tidemark.access.KeyKind;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What the intake takes over HTTP.
///
/// @param bodyTimeout how long a request's body may take to arrive, from PT1S to PT10M
@ConfigurationProperties(prefix = "tidemark.intake", ignoreUnknownFields = false)
public record CaptureProperties(Duration bodyTimeout, RateLimit rateLimit) {

  private static final Duration SHORTEST_BODY_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LONGEST_BODY_TIMEOUT = Duration.ofMinutes(10);

  public CaptureProperties {
    if (bodyTimeout.compareTo(SHORTEST_BODY_TIMEOUT) < 0
        || bodyTimeout.compareTo(LONGEST_BODY_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "tidemark.intake.body-timeout must be from PT1S to PT10M: " + bodyTimeout);
    }
  }

  /// How many records one key may send, on each server.
  ///
  /// @param write a second, by each write key; at most 10,000,000; 0 for no limit
  /// @param secret the same for secret keys
  /// @param burst what was not sent for so long may be sent at once, from PT1S to PT1H
  public record RateLimit(int write, int secret, Duration burst) {

    private static final int HIGHEST = 10_000_000;
    private static final Duration SHORTEST_BURST = Duration.ofSeconds(1);
    private static final Duration LONGEST_BURST = Duration.ofHours(1);

    public RateLimit {
      if (write < 0 || write > HIGHEST || secret < 0 || secret > HIGHEST) {
        throw new IllegalArgumentException(
            "tidemark.intake.rate-limit.write and .secret must be from 0 to 10000000: %d, %d"
                .formatted(write, secret));
      }
      if (burst.compareTo(SHORTEST_BURST) < 0 || burst.compareTo(LONGEST_BURST) > 0) {
        throw new IllegalArgumentException(
            "tidemark.intake.rate-limit.burst must be from PT1S to PT1H: " + burst);
      }
    }

    int of(KeyKind kind) {
      return kind == KeyKind.SECRET ? secret : write;
    }

    /// Most records at once. The largest request always fits into a full bucket: otherwise it could
    /// be sent again for ever.
    long burst(int recordsPerSecond) {
      return Math.max(recordsPerSecond * burst.toSeconds(), NativeBatchParser.MOST_RECORDS);
    }
  }
}
