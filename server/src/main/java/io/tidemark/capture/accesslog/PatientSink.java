package io.tidemark.capture.accesslog;

import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.IngestOutcome.Busy;
import io.tidemark.ingest.IngestOutcome.Committed;
import io.tidemark.ingest.IngestOutcome.Unavailable;
import io.tidemark.record.CapturedRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Stores records, waiting while the server is busy or its database away. Thread-safe where its
/// parts are.
final class PatientSink {

  private static final Duration LONGEST_AWAY = Duration.ofMinutes(1);
  private static final Duration LONGEST_BUSY = Duration.ofMinutes(10);
  private static final int LONGEST_PAUSE_SECONDS = 10;

  private final RecordSink sink;
  private final InstantSource clock;
  private final Pause pause;
  private final BooleanSupplier isStopped;

  /// @param isStopped whether waiting is over: what waits then is given up
  PatientSink(RecordSink sink, InstantSource clock, Pause pause, BooleanSupplier isStopped) {
    this.sink = sink;
    this.clock = clock;
    this.pause = pause;
    this.isStopped = isStopped;
  }

  /// Stores records.
  ///
  /// @throws ImportFailedException when the database stayed away for a minute, the server busy for
  ///   ten, or the import was stopped meanwhile
  Committed store(List<CapturedRecord> records) throws InterruptedException {
    Instant since = clock.instant();
    boolean wasAway = false;
    while (true) {
      IngestOutcome outcome = sink.store(records);
      switch (outcome) {
        case Committed committed -> {
          return committed;
        }
        case Busy busy -> {
          if (wasAway) {
            since = clock.instant();
          }
          wasAway = false;
          waitUnlessOver(busy.retryAfterSeconds(), since, LONGEST_BUSY, "has had too much to do");
        }
        case Unavailable away -> {
          if (!wasAway) {
            since = clock.instant();
          }
          wasAway = true;
          waitUnlessOver(away.retryAfterSeconds(), since, LONGEST_AWAY, "has been away");
        }
      }
    }
  }

  private void waitUnlessOver(int seconds, Instant since, Duration longest, String trouble)
      throws InterruptedException {
    if (isStopped.getAsBoolean()) {
      throw new ImportFailedException("Stopped while the database did not take records.");
    }
    if (Duration.between(since, clock.instant()).compareTo(longest) >= 0) {
      throw new ImportFailedException(
          "The database %s for %d seconds: the import gave up."
              .formatted(trouble, longest.toSeconds()));
    }
    pause.last(Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_PAUSE_SECONDS)));
  }
}
