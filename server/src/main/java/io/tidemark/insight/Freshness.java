package io.tidemark.insight;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;

/// How fresh an answer is.
///
/// @param asOf every record acknowledged before this is in the answer
/// @param lagMs how long ago that was, in milliseconds
public record Freshness(
    @Schema(description = "Every record acknowledged before this is in the answer") Instant asOf,
    @Schema(description = "How long ago that was, in milliseconds") long lagMs) {

  /// Detail was asked directly: what is committed is in the answer.
  public static Freshness ofDetail(Instant now) {
    return new Freshness(now, 0);
  }

  /// What was asked a moment ago.
  public static Freshness asOf(Instant asked, Instant now) {
    return new Freshness(asked, Math.max(0, Duration.between(asked, now).toMillis()));
  }

  /// What is written only now and then.
  public static Freshness lagging(Duration lag, Instant now) {
    return new Freshness(now.minus(lag), lag.toMillis());
  }
}
