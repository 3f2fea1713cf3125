package io.tidemark.spool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.ingest.RecordKeeper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what is in the spool, in order, whenever the database takes it. A thread of its own.
///
/// A segment is deleted after all of it has been stored. What a crash in between makes it offer
/// again is recognised by its identity.
final class SpoolReplay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolReplay.class);
  private static final int MOST_RECORDS = 2_000;
  private static final long MOST_BYTES = 4L * 1024 * 1024;
  private static final long PAUSE_SECONDS = 1;
  private static final int READ_EVERY = 60;
  private static final long TELL_EVERY = 50_000;

  private final Spool spool;
  private final SpoolCursor cursor;
  private final SpoolDelivery delivery;
  private final DatabasePresence presence;
  private final Counter replayed;
  private final Counter refused;
  private final List<SpooledEntry> pending = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private int failures;
  private long storedInARow;
  private long told;

  /// @param keeper what stores records when the database is there
  SpoolReplay(
      Spool spool,
      RecordKeeper keeper,
      RefusedRecords refusedRecords,
      DatabasePresence presence,
      MeterRegistry metrics) {
    this.spool = spool;
    this.cursor = new SpoolCursor(spool, refusedRecords);
    this.delivery = new SpoolDelivery(keeper, spool, refusedRecords, presence);
    this.presence = presence;
    this.replayed = metrics.counter("tidemark.spool.replayed");
    this.refused = metrics.counter("tidemark.spool.refused");
    this.thread = Thread.ofPlatform().name("spool-replay").start(this::run);
  }

  /// Stops; what was not stored stays in the spool.
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (cursor) {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = !closed.await(step() ? 0 : PAUSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      // Asked to stop.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("spool.replay could not close a file: {}", e.toString());
    }
  }

  /// @return whether there is more to do at once
  private boolean step() {
    try {
      if (isTimeToRead()) {
        readOn();
      }
      if (pending.isEmpty()) {
        cursor.finish();
        // There is nothing to try the database with: the next request does.
        presence.noteBack();
        tellEnd();
        return false;
      }
      SpoolDelivery.Result result = delivery.attempt(pending);
      failures = result.done() == 0 ? failures + 1 : 0;
      tell(result);
      if (pending.isEmpty()) {
        cursor.finish();
      }
      return result.stored() + result.refused() > 0;
    } catch (Throwable e) {
      // Errors too: without this thread the spool would fill, however well the database is.
      LOG.error("spool.replay failed; it tries again", e);
      return false;
    }
  }

  /// What was read before a fault is stored all the same.
  private void readOn() throws IOException {
    try {
      cursor.fill(pending, MOST_RECORDS, MOST_BYTES);
    } catch (IOException e) {
      if (pending.isEmpty()) {
        throw e;
      }
      LOG.warn("spool.replay could not read on; it tries again: {}", e.toString());
    }
  }

  /// While nothing can be stored there is no hurry to read on, which closes the segment that is
  /// being written. Now and then there is reason to: what is pending may be one record that cannot
  /// be stored, and what is behind it can.
  private boolean isTimeToRead() {
    return pending.isEmpty() || failures % READ_EVERY == 0 || Integer.bitCount(failures) == 1;
  }

  private void tell(SpoolDelivery.Result result) {
    boolean isProgress = result.stored() + result.refused() > 0;
    if (isProgress && storedInARow == 0) {
      LOG.info("spool.replay begins: {} records wait in the spool", spool.records());
    }
    spool.countReplayed(result.done());
    if (!isProgress) {
      return;
    }
    replayed.increment(result.stored());
    refused.increment(result.refused());
    storedInARow += result.stored();
    if (storedInARow - told >= TELL_EVERY) {
      told = storedInARow;
      LOG.info("spool.replay has stored {} records, {} wait", storedInARow, spool.records());
    }
  }

  private void tellEnd() {
    if (storedInARow > 0) {
      LOG.info("spool.replay is done: it has stored {} records", storedInARow);
    }
    storedInARow = 0;
    told = 0;
  }
}
