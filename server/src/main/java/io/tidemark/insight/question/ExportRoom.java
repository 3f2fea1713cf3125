package io.tidemark.insight.question;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.platform.ProblemException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;

/// How many answers may be sent as rows at the same time: each holds a connection for as long as
/// its client takes to read it, and others want to be answered too. Thread-safe.
final class ExportRoom {

  private static final int RETRY_SECONDS = 5;

  private final int most;
  private final Semaphore free;
  private final Semaphore freeForLinks;
  private final Counter refused;

  /// @param most at least 1
  ExportRoom(int most, MeterRegistry metrics) {
    this.most = most;
    this.free = new Semaphore(most);
    this.freeForLinks = new Semaphore(Math.max(1, most / 2));
    this.refused = metrics.counter("tidemark.insight.exports.refused");
    metrics.gauge("tidemark.insight.exports", free, each -> most - each.availablePermits());
  }

  /// @param isByLink whether whoever has a link asks: they get half of the room
  /// @param export runs at once
  /// @throws ProblemException 429 when there is no room for one more
  void enter(boolean isByLink, Runnable export) {
    if (isByLink) {
      enter(freeForLinks, () -> enter(free, export));
    } else {
      enter(free, export);
    }
  }

  private void enter(Semaphore room, Runnable export) {
    if (!room.tryAcquire()) {
      refused.increment();
      throw ProblemException.retryLater(
          HttpStatus.TOO_MANY_REQUESTS,
          "too_many_exports",
          "This server sends too many answers as CSV already, at most %d (tidemark.insight.exports), half of them to links; ask again soon, or ask for JSON"
              .formatted(most),
          RETRY_SECONDS);
    }
    try {
      export.run();
    } finally {
      room.release();
    }
  }
}
