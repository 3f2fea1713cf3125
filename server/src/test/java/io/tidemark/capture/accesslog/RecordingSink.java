package io.tidemark.capture.accesslog;

import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.RefusedRecord;
import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.RecordIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps records in memory and recognises those it has, as the database does. Thread-safe.
final class RecordingSink implements RecordSink {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Map<RecordIdentity, CapturedRecord> stored = new HashMap<>();
  private final Deque<IngestOutcome> nextOutcomes = new ArrayDeque<>();
  private @Nullable IngestOutcome lastingOutcome;
  private @Nullable String refusedEndpoint;
  private int awaitedInFlight;
  private int inFlight;
  private int mostInFlight;
  private int calls;
  private int largest;

  @Override
  public synchronized IngestOutcome store(List<CapturedRecord> records)
      throws InterruptedException {
    calls++;
    largest = Math.max(largest, records.size());
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    notifyAll();
    Instant deadline = Instant.now().plus(LONGEST_WAIT);
    while (mostInFlight < awaitedInFlight && Instant.now().isBefore(deadline)) {
      wait(LONGEST_WAIT.toMillis());
    }
    inFlight--;
    if (!nextOutcomes.isEmpty()) {
      return nextOutcomes.remove();
    }
    return lastingOutcome == null ? commit(records) : lastingOutcome;
  }

  /// Answers nobody before that many wait for an answer.
  synchronized void awaitInFlight(int chunks) {
    awaitedInFlight = chunks;
  }

  synchronized void answerOnce(IngestOutcome outcome) {
    nextOutcomes.add(outcome);
  }

  synchronized void answerAlways(IngestOutcome outcome) {
    lastingOutcome = outcome;
  }

  synchronized void refuse(String endpoint) {
    refusedEndpoint = endpoint;
  }

  synchronized List<CapturedRecord> stored() {
    return List.copyOf(stored.values());
  }

  synchronized int mostInFlight() {
    return mostInFlight;
  }

  synchronized int calls() {
    return calls;
  }

  synchronized int largest() {
    return largest;
  }

  private IngestOutcome commit(List<CapturedRecord> records) {
    List<Integer> duplicates = new ArrayList<>();
    List<RefusedRecord> refused = new ArrayList<>();
    for (int index = 0; index < records.size(); index++) {
      CapturedRecord record = records.get(index);
      if (record instanceof ApiCall call && call.endpoint().equals(refusedEndpoint)) {
        refused.add(new RefusedRecord(index, "bad_endpoint", "endpoint: expected another"));
        continue;
      }
      RecordIdentity identity = record.identity();
      if (identity == null || stored.putIfAbsent(identity, record) != null) {
        duplicates.add(index);
      }
    }
    return new IngestOutcome.Committed(duplicates, refused);
  }
}
