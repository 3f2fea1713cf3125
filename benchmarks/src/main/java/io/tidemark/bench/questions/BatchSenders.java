package io.tidemark.bench.questions;

import io.tidemark.bench.http.HttpAnswer;
import io.tidemark.bench.http.KeepAliveConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Connections to the server that send what is handed to them, each one request at a time. Handed
/// to and closed by one thread; whoever hands over waits while twice as many requests wait as there
/// are connections.
final class BatchSenders implements AutoCloseable {

  private static final long TRY_LATER_MILLIS = 500;
  private static final int MOST_TRIES = 120;
  private static final long LOOK_MILLIS = 200;

  private final BlockingQueue<BatchRequest> waiting;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  BatchSenders(URI server, int connections) {
    this.waiting = new ArrayBlockingQueue<>(2 * connections);
    for (int i = 0; i < connections; i++) {
      threads.add(Thread.ofVirtual().start(() -> sendAll(server)));
    }
  }

  /// @throws IllegalStateException when a request failed
  void send(BatchRequest request) throws InterruptedException {
    while (!waiting.offer(request, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      requireNoFailure();
    }
    requireNoFailure();
  }

  /// Returns when the last answer is there.
  @Override
  public void close() throws IOException {
    try {
      while (!waiting.offer(BatchRequest.NONE, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (failure.get() != null) {
          waiting.clear();
        }
      }
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before the last answer");
    }
    requireNoFailure();
  }

  private void sendAll(URI server) {
    try (KeepAliveConnection connection = new KeepAliveConnection(server)) {
      for (BatchRequest next = waiting.take(); next != BatchRequest.NONE; next = waiting.take()) {
        send(connection, next);
      }
      // The one end that was handed over is the end for all of them.
      waiting.put(BatchRequest.NONE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void send(KeepAliveConnection connection, BatchRequest request)
      throws IOException, InterruptedException {
    HttpAnswer answer = connection.exchange(request.bytes());
    for (int tries = 1; answer.isTryLater() && !answer.closes() && tries < MOST_TRIES; tries++) {
      Thread.sleep(TRY_LATER_MILLIS);
      answer = connection.exchange(request.bytes());
    }
    if (answer.status() != 200 || answer.accepted() + answer.duplicates() != request.records()) {
      throw new IOException(
          "The server did not take a batch: %d %s".formatted(answer.status(), answer.body()));
    }
  }

  private void requireNoFailure() {
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("A batch was not stored: " + cause.getMessage(), cause);
    }
  }
}
