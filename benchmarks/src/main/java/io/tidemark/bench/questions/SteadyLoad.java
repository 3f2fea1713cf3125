package io.tidemark.bench.questions;

import io.tidemark.bench.rows.TimedRow;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Records that go on arriving while questions are asked: so many a second, of now, in small
/// batches, over several connections. Closing ends it.
final class SteadyLoad implements AutoCloseable {

  private static final int BATCH = 100;
  private static final int CONNECTIONS = 16;
  private static final int SESSIONS_MADE_AT_ONCE = 20;

  private final DataSet data;
  private final URI server;
  private final String key;
  private final long nanosPerBatch;
  private final RandomGenerator random = new SplittableRandom();
  private final Deque<TimedRow> made = new ArrayDeque<>();
  private final BatchSenders senders;
  private final Thread thread;
  private final long startedNanos = System.nanoTime();
  private final LongAdder sent = new LongAdder();
  private volatile boolean isRunning = true;

  private SteadyLoad(DataSet data, URI server, String key, int perSecond) {
    this.data = data;
    this.server = server;
    this.key = key;
    this.nanosPerBatch = Duration.ofSeconds(1).toNanos() * BATCH / perSecond;
    this.senders = new BatchSenders(server, CONNECTIONS);
    this.thread = Thread.ofPlatform().daemon().unstarted(this::sendSteadily);
  }

  static SteadyLoad start(DataSet data, URI server, String key, int perSecond) {
    SteadyLoad load = new SteadyLoad(data, server, key, perSecond);
    load.thread.start();
    return load;
  }

  /// What was sent in each second so far, on average.
  double perSecond() {
    return sent.sum() / ((System.nanoTime() - startedNanos) / 1e9);
  }

  @Override
  public void close() throws IOException {
    isRunning = false;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    senders.close();
  }

  /// When the server is slower than the load, the load waits for it and does not catch up.
  private void sendSteadily() {
    try {
      long next = System.nanoTime();
      while (isRunning) {
        LockSupport.parkNanos(next - System.nanoTime());
        if (System.nanoTime() - next < 0) {
          continue;
        }
        senders.send(BatchRequest.ofRows(server, key, nextRows()));
        sent.add(BATCH);
        next = Math.max(next + nanosPerBatch, System.nanoTime() - nanosPerBatch);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException _) {
      // The senders keep it, and tell whoever closes them.
      isRunning = false;
    }
  }

  private List<TimedRow> nextRows() {
    Instant now = Instant.now();
    List<TimedRow> rows = new ArrayList<>(BATCH);
    while (rows.size() < BATCH) {
      if (made.isEmpty()) {
        made.addAll(RowStream.sessionsAt(data, now, SESSIONS_MADE_AT_ONCE, random));
      }
      TimedRow row = made.pop();
      rows.add(new TimedRow(row.idHigh(), row.idLow(), now.toEpochMilli(), row.row()));
    }
    return rows;
  }
}
