package io.tidemark.insight.question;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Half of the connections for questions that may hold one for long, so that pages, sessions and
/// links find the other half free. Thread-safe.
final class AnswerRoom {

  private static final long LOOK_MILLIS = 200;

  private final Semaphore free;

  /// @param connections how many there are for questions
  AnswerRoom(int connections) {
    this.free = new Semaphore(Math.max(1, connections / 2));
  }

  /// Waits for a place; time goes on meanwhile.
  ///
  /// @throws io.tidemark.platform.ProblemException `question_timeout`
  /// @throws io.tidemark.platform.ClientGoneException when nobody waits for the answer any more
  Place enter(AnswerTime time) {
    if (!time.weight().isLong()) {
      return () -> {};
    }
    try {
      while (!free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        time.requireWanted();
      }
      return free::release;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a question waited", e);
    }
  }

  /// Until it is closed.
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
