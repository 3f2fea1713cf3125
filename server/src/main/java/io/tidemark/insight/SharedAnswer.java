package io.tidemark.insight;

import io.tidemark.platform.ClientGoneException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// An answer in the making, and how many wait for it: when the last one has gone away it is
/// stopped. Thread-safe.
final class SharedAnswer<A> extends CompletableFuture<SharedAnswer.Told<A>> {

  private static final long LOOK_MILLIS = 200;

  /// What became of it; told to those who wait once it is remembered.
  ///
  /// @param outcome the answer, or throws what was thrown instead
  /// @param givenAgainFor how long others may have it
  record Told<A>(Supplier<A> outcome, Duration givenAgainFor) {

    static <A> Told<A> failed(RuntimeException failure) {
      return new Told<>(
          () -> {
            throw failure;
          },
          Duration.ZERO);
    }
  }

  private final CompletableFuture<Told<A>> told = new CompletableFuture<>();
  private final Cancellation cancellation = new Cancellation();
  private int waiting;
  private boolean isGivenUp;

  Cancellation cancellation() {
    return cancellation;
  }

  /// Remembers the answer, then tells those who wait.
  void tell(Told<A> outcome) {
    complete(outcome);
    told.complete(outcome);
  }

  /// @return whether it can be waited for; each who may must [#await]
  synchronized boolean tryJoin() {
    if (isGivenUp) {
      return false;
    }
    waiting++;
    return true;
  }

  synchronized int waiting() {
    return waiting;
  }

  /// @param isGone asked a few times a second, in this thread
  /// @throws ClientGoneException when it is
  A await(BooleanSupplier isGone) {
    try {
      while (true) {
        try {
          return told.get(LOOK_MILLIS, TimeUnit.MILLISECONDS).outcome().get();
        } catch (TimeoutException _) {
          if (isGone.getAsBoolean()) {
            throw new ClientGoneException();
          }
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("An answer is told, whatever becomes of it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException();
    } finally {
      leave();
    }
  }

  private void leave() {
    if (!isToBeStopped()) {
      return;
    }
    boolean isInterrupted = Thread.interrupted();
    while (!told.isDone()) {
      cancellation.give();
      try {
        told.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        isInterrupted = true;
      } catch (ExecutionException | TimeoutException _) {
        // It has ended, or has another statement.
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isToBeStopped() {
    waiting--;
    isGivenUp = waiting == 0 && !told.isDone();
    return isGivenUp;
  }
}
