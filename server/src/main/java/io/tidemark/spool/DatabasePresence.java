package io.tidemark.spool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// What is known of the database: whether it was away when it was last tried, and how many requests
/// it has stored since the start. Thread-safe.
final class DatabasePresence {

  private final AtomicBoolean isAway = new AtomicBoolean();
  private final LongAdder commits = new LongAdder();

  boolean isAway() {
    return isAway.get();
  }

  /// @return whether this is news
  boolean noteAway() {
    return isAway.compareAndSet(false, true);
  }

  /// It has stored something, or there is no other way to find out than to try it.
  void noteBack() {
    isAway.set(false);
  }

  /// It has stored a request.
  void noteCommit() {
    commits.increment();
  }

  long commits() {
    return commits.sum();
  }
}
