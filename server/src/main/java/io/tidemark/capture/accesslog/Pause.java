package io.tidemark.capture.accesslog;

import java.time.Duration;

/// A wait. [Thread#sleep(Duration)] is one.
@FunctionalInterface
public interface Pause {

  /// Returns when the time has passed.
  void last(Duration time) throws InterruptedException;
}
