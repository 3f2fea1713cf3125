package io.tidemark.capture.accesslog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is set or waited by. Thread-safe.
final class SettableClock implements InstantSource, Pause {

  private volatile Instant now;

  SettableClock(String now) {
    this.now = Instant.parse(now);
  }

  void set(String instant) {
    now = Instant.parse(instant);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public synchronized void last(Duration time) {
    now = now.plus(time);
  }
}
