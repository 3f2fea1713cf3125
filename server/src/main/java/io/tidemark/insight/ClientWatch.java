package io.tidemark.insight;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Looks whether those who asked quick questions are still there, and stops what runs for those who
/// are not. The questions run in the threads of their requests: to hand one to another thread and
/// back costs more than many of them take. Thread-safe.
public final class ClientWatch implements AutoCloseable {

  private static final long LOOK_MILLIS = 200;

  private final Map<Cancellation, BooleanSupplier> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("client-watch").factory());

  private final Future<?> look;

  ClientWatch() {
    look =
        looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// @param isGone whether the one who asks has gone away; asked a few times a second, in another
  ///   thread, while a statement runs
  /// @param ask runs in this thread
  /// @throws io.tidemark.platform.ClientGoneException if the one who asks has gone away
  public <A> A during(BooleanSupplier isGone, Function<Cancellation, A> ask) {
    Cancellation cancellation = new Cancellation();
    watched.put(cancellation, isGone);
    try {
      return ask.apply(cancellation);
    } finally {
      watched.remove(cancellation);
    }
  }

  /// To stop a statement takes a connection of its own, which may take its time.
  private void look() {
    watched.forEach(
        (cancellation, isGone) -> Thread.startVirtualThread(() -> cancellation.giveIf(isGone)));
  }

  @Override
  public void close() {
    look.cancel(false);
    looking.close();
  }
}
