package io.tidemark.ingest;

import io.tidemark.record.CapturedRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Records that one caller handed over, and what becomes of them: the first answer counts.
/// Thread-safe.
final class Submission {

  private static final int RETRY_UNAVAILABLE_SECONDS = 5;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final List<CapturedRecord> records;
  private final CompletableFuture<IngestOutcome> outcome = new CompletableFuture<>();

  Submission(List<CapturedRecord> records) {
    this.records = records;
  }

  static IngestOutcome.Unavailable unavailable() {
    return new IngestOutcome.Unavailable(RETRY_UNAVAILABLE_SECONDS);
  }

  List<CapturedRecord> records() {
    return records;
  }

  int size() {
    return records.size();
  }

  void answer(IngestOutcome answer) {
    outcome.complete(answer);
  }

  /// Waits for the answer; given up after a minute.
  IngestOutcome await() {
    try {
      return outcome.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable();
    } catch (TimeoutException e) {
      return unavailable();
    } catch (ExecutionException e) {
      throw new IllegalStateException("An answer is never an exception", e);
    }
  }
}
