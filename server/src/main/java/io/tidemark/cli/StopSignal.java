package io.tidemark.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets Ctrl-C end long work in good order: the process ends when this is closed.
final class StopSignal implements AutoCloseable {

  private static final long LONGEST_FAREWELL_SECONDS = 10;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "stop-signal");
  private volatile Runnable stop = () -> {};
  private volatile boolean isGiven;

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// @param stop tells the work to stop; does not wait for it
  void stops(Runnable stop) {
    this.stop = stop;
  }

  /// Whether the work is to stop.
  boolean isGiven() {
    return isGiven;
  }

  private void stopAndWait() {
    isGiven = true;
    stop.run();
    try {
      boolean isFinished = finished.await(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
      if (!isFinished) {
        System.err.println("Stopped without waiting any longer. Running it again is safe.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs already.
      hook.interrupt();
    }
  }
}
