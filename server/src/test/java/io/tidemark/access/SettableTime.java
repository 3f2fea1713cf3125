package io.tidemark.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is moved. For one thread.
final class SettableTime implements InstantSource, Ticker {

  private final Instant start = Instant.parse("2026-11-22T13:00:00Z");
  private Instant now = start;

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long read() {
    return Duration.between(start, now).toNanos();
  }
}
