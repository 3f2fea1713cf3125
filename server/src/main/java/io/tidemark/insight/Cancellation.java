package io.tidemark.insight;

import io.tidemark.platform.ClientGoneException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Stops a statement that nobody waits for any more. Thread-safe: while it stops one, the statement
/// keeps its connection, so that no other is hit.
public final class Cancellation {

  private @Nullable Runnable stop;
  private boolean isGiven;

  public synchronized boolean isGiven() {
    return isGiven;
  }

  /// Stops what runs now, and lets nothing begin; to be repeated until it has ended, since another
  /// statement may follow.
  synchronized void give() {
    isGiven = true;
    stop();
  }

  /// Gives it when what runs now runs for somebody who has gone away.
  ///
  /// @param isGone asked while something runs, and not after it has ended
  synchronized void giveIf(BooleanSupplier isGone) {
    if (stop != null && (isGiven || isGone.getAsBoolean())) {
      give();
    }
  }

  /// Stops what runs now, if anything does; another may begin.
  public synchronized void stop() {
    if (stop != null) {
      stop.run();
    }
  }

  /// @param stop what to do to stop what begins now
  /// @throws ClientGoneException if it was given already
  public synchronized void begin(Runnable stop) {
    if (isGiven) {
      throw new ClientGoneException();
    }
    this.stop = stop;
  }

  /// What ran has ended.
  public synchronized void end() {
    stop = null;
  }
}
