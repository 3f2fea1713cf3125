package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import java.time.Duration;

/// Tells how far something long has come, every two seconds. Not thread-safe.
final class Pace {

  private static final long TELL_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final double NANOS = 1e9;

  private final Progress progress;
  private final String what;
  private final long startedNanos = System.nanoTime();
  private long toldNanos = startedNanos;

  Pace(Progress progress, String what) {
    this.progress = progress;
    this.what = what;
  }

  /// @param share from 0 to 1 of the way
  void reached(long rows, double share) {
    long now = System.nanoTime();
    if (now - toldNanos >= TELL_EVERY_NANOS) {
      toldNanos = now;
      progress.tell(
          "%s · %,d rows, %.0f %%, %,.0f rows/s"
              .formatted(what, rows, 100 * share, rows / seconds()));
    }
  }

  /// Something that is waited for, without a way.
  void waiting(String state) {
    long now = System.nanoTime();
    if (now - toldNanos >= TELL_EVERY_NANOS) {
      toldNanos = now;
      progress.tell("%s · %s".formatted(what, state));
    }
  }

  void done(long rows) {
    progress.tell(
        "%s · %,d rows in %.1f s, %,.0f rows/s".formatted(what, rows, seconds(), rows / seconds()));
  }

  private double seconds() {
    return (System.nanoTime() - startedNanos) / NANOS;
  }
}
