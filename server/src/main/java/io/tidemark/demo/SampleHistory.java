package io.tidemark.demo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the sample app's past to a server. Sent twice, it adds nothing: its records keep their ids
/// and timestamps.
///
/// Batches leave in time order, a few at once; nothing is kept but the batches under way.
/// Thread-safe: every sending has its own state.
public final class SampleHistory {

  private static final Logger log = LoggerFactory.getLogger(SampleHistory.class);

  private static final long SEED = 20_250_101;
  private static final int BATCH_SIZE = 1_000;
  private static final int BATCHES_AT_ONCE = 3;
  private static final int ATTEMPTS = 12;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final URI base;
  private final String secretKey;
  private final InstantSource clock;

  /// @param base where the server listens, as `http://127.0.0.1:8080`
  /// @param secretKey a `secret` key of that server
  public SampleHistory(URI base, String secretKey, InstantSource clock) {
    this.base = base;
    this.secretKey = secretKey;
    this.clock = clock;
  }

  /// Sends what happened within `span` before now and waits until all of it is stored.
  ///
  /// A busy or absent server is tried again, for about two minutes a batch or as long as it asks
  /// for in `Retry-After`. Interrupting the calling thread stops the sending; what was sent stays.
  ///
  /// @param span more than zero, widened to whole hours; the server's ageing policy bounds it
  /// @param approximateRecords how many records to aim at, at least 1; spread over a day or more,
  ///   within a few percent
  /// @throws IntakeException when the server refuses a batch or stays away
  public HistoryOutcome send(Duration span, int approximateRecords, ProgressListener listener)
      throws InterruptedException {
    Instant now = clock.instant();
    Iterator<List<SampleRecord>> batches =
        new SampleTimeline(
            SEED, Rhythm.ofTheSampleApp(), now.minus(span), now, approximateRecords, BATCH_SIZE);
    try (BatchSender sender = new BatchSender(base, secretKey);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        return sendAll(batches, sender, executor, approximateRecords, listener);
      } finally {
        // Closing would wait for batches that are of no use after a failure.
        executor.shutdownNow();
      }
    }
  }

  private static HistoryOutcome sendAll(
      Iterator<List<SampleRecord>> batches,
      BatchSender sender,
      ExecutorService executor,
      int approximateRecords,
      ProgressListener listener)
      throws InterruptedException {
    HistoryOutcome outcome = new HistoryOutcome(0, 0, 0);
    Deque<Future<BatchOutcome.Taken>> underWay = new ArrayDeque<>();
    while (batches.hasNext() || !underWay.isEmpty()) {
      while (batches.hasNext() && underWay.size() < BATCHES_AT_ONCE) {
        List<SampleRecord> batch = batches.next();
        underWay.add(executor.submit(() -> sendPatiently(sender, batch)));
      }
      BatchOutcome.Taken taken = await(underWay.remove());
      if (taken.rejected() > 0 && outcome.rejected() == 0) {
        log.warn(
            "The server refuses sample records, the first one because: {}", taken.firstRejection());
      }
      outcome = outcome.plus(taken);
      boolean last = !batches.hasNext() && underWay.isEmpty();
      long total = last ? outcome.sent() : Math.max(approximateRecords, outcome.sent());
      listener.progressed(outcome.sent(), total);
    }
    return outcome;
  }

  private static BatchOutcome.Taken await(Future<BatchOutcome.Taken> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IntakeException refused) {
        throw refused;
      }
      throw new IllegalStateException("Sending the sample history failed", failed.getCause());
    }
  }

  private static BatchOutcome.Taken sendPatiently(BatchSender sender, List<SampleRecord> batch)
      throws InterruptedException {
    Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      switch (sender.post(batch)) {
        case BatchOutcome.Taken taken -> {
          return taken;
        }
        case BatchOutcome.Refused(int statusCode, String detail) ->
            throw new IntakeException(
                "The server refuses the sample history with %d: %s".formatted(statusCode, detail));
        case BatchOutcome.TryLater later -> {
          reason = later.reason();
          Thread.sleep(backoff.orAsked(later.pause()));
          backoff = backoff.doubled();
        }
      }
    }
    throw new IntakeException(
        """
        Gave up sending the sample history after %d attempts, the last one because %s. \
        Start it again when the server is there: what it has already is recognised.\
        """
            .formatted(ATTEMPTS, reason));
  }
}
