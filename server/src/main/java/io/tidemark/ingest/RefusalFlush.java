package io.tidemark.ingest;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the counts of refusals every few seconds. Each server has its own counts, so this is a
/// thread of every server and not a job of the cluster.
final class RefusalFlush implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalFlush.class);
  private static final long PAUSE_MILLIS = TimeUnit.SECONDS.toMillis(2);

  private final RefusalLog refusals;
  private final Thread thread;

  RefusalFlush(RefusalLog refusals) {
    this.refusals = refusals;
    this.thread = Thread.ofVirtual().name("refusal-flush").start(this::run);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void flush() {
    try {
      refusals.flush();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("refusal.add could not write; it will try again: {}", e.getMessage());
    }
  }
}
