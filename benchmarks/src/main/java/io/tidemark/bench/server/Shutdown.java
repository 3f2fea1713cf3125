package io.tidemark.bench.server;

import java.util.ArrayDeque;
import java.util.Deque;

/// What has to be ended when the benchmark ends, in whatever way: at its end, by a failure, by
/// Ctrl-C. Closes the newest first, each once. Thread-safe: its lock guards everything.
public final class Shutdown implements AutoCloseable {

  private static volatile boolean begun;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private Shutdown() {}

  /// One that also closes when the JVM is told to stop.
  public static Shutdown register() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  begun = true;
                  shutdown.close();
                }));
    return shutdown;
  }

  /// Whether the JVM has been told to stop: what fails now fails because of that.
  public static boolean hasBegun() {
    return begun;
  }

  /// @return the same
  public synchronized <T extends AutoCloseable> T add(T closeable) {
    open.push(closeable);
    return closeable;
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        System.err.println("tidemark: " + next.getClass().getSimpleName() + " did not end: " + e);
      }
    }
  }
}
