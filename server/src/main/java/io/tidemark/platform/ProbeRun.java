package io.tidemark.platform;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One try of the database, on a thread of its own: whoever started it does not have to wait.
///
/// @param startedAt as of `System.nanoTime`
/// @param result what is wrong, if anything
record ProbeRun(long startedAt, CompletableFuture<Optional<DatabaseFault>> result) {

  /// What is tried.
  interface Attempt {
    void run() throws SQLException;
  }

  static ProbeRun start(Attempt attempt) {
    return new ProbeRun(
        System.nanoTime(),
        CompletableFuture.supplyAsync(() -> outcome(attempt), Thread::startVirtualThread));
  }

  boolean isDone() {
    return result.isDone();
  }

  /// To be called when it is done.
  Optional<DatabaseFault> findFault() {
    return result.join();
  }

  private static Optional<DatabaseFault> outcome(Attempt attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(DatabaseFault.of(e).orElse(DatabaseFault.REFUSING));
    }
  }
}
