package io.tidemark.bench.ingest;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Keeps the senders of one contender busy, each on a virtual thread. Started and stopped by one
/// thread; the counter may be read by any.
final class Drive implements AutoCloseable {

  private final List<Contender.Sender> senders;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder rows = new LongAdder();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private volatile boolean isRunning;
  private long startedNanos;

  private Drive(List<Contender.Sender> senders) {
    this.senders = senders;
  }

  /// Opens every sender; none sends yet.
  static Drive open(Contender contender) throws IOException, SQLException {
    Drive drive = new Drive(new ArrayList<>());
    try {
      for (int number = 0; number < contender.senders(); number++) {
        drive.senders.add(contender.open(number));
      }
      return drive;
    } catch (IOException | SQLException e) {
      drive.close();
      throw e;
    }
  }

  /// Lets them send for that long, and waits for what is under way then.
  Sent run(Duration duration) throws InterruptedException {
    start();
    await(duration);
    return stop();
  }

  void start() {
    isRunning = true;
    rows.reset();
    startedNanos = System.nanoTime();
    for (Contender.Sender sender : senders) {
      threads.add(Thread.ofVirtual().start(() -> keepSending(sender)));
    }
  }

  /// Waits that long while they send.
  ///
  /// @throws IllegalStateException when a sender failed
  void await(Duration duration) throws InterruptedException {
    if (failed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      requireNoFailure();
    }
  }

  /// Rows stored since the start.
  long rows() {
    return rows.sum();
  }

  /// Returns when the last sender has its answer.
  Sent stop() throws InterruptedException {
    isRunning = false;
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
    requireNoFailure();
    return new Sent(rows.sum(), Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  @Override
  public void close() throws IOException, SQLException {
    isRunning = false;
    for (Contender.Sender sender : senders) {
      sender.close();
    }
  }

  private void keepSending(Contender.Sender sender) {
    try {
      while (isRunning) {
        rows.add(sender.send());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | SQLException | RuntimeException e) {
      failure.compareAndSet(null, e);
      failed.countDown();
    }
  }

  private void requireNoFailure() {
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("A sender failed: " + cause.getMessage(), cause);
    }
  }

  /// Rows that were stored, and how long that took.
  record Sent(long rows, Duration time) {}
}
