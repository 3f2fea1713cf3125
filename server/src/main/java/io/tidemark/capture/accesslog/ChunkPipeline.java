package io.tidemark.capture.accesslog;

import io.tidemark.ingest.IngestOutcome.Committed;
import io.tidemark.record.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Gathers records into chunks and has at most two of them stored at a time, so that reading goes
/// on meanwhile and memory stays bounded. Used by one thread; what came of a chunk is counted by
/// that thread.
final class ChunkPipeline implements AutoCloseable {

  private static final int CHUNK_RECORDS = 5_000;
  private static final int CHUNKS_IN_FLIGHT = 2;

  private final PatientSink sink;
  private final ImportTally tally;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Chunk> inFlight = new ArrayDeque<>();
  private List<Fact> gathered = new ArrayList<>(CHUNK_RECORDS);

  ChunkPipeline(PatientSink sink, ImportTally tally) {
    this.sink = sink;
    this.tally = tally;
  }

  private record Chunk(List<Fact> records, Future<Committed> committed) {}

  /// Takes a record, waiting when two chunks are being stored and a third is full.
  ///
  /// @throws ImportFailedException when an earlier chunk could not be stored
  void add(Fact record) throws InterruptedException {
    gathered.add(record);
    if (gathered.size() >= CHUNK_RECORDS) {
      send();
    }
  }

  /// Returns when everything is stored.
  ///
  /// @throws ImportFailedException when a chunk could not be stored
  void finish() throws InterruptedException {
    if (!gathered.isEmpty()) {
      send();
    }
    drain();
  }

  /// Returns when what is being stored is stored. What was gathered since is dropped.
  ///
  /// @throws ImportFailedException when a chunk could not be stored
  void drain() throws InterruptedException {
    while (!inFlight.isEmpty()) {
      awaitOldest();
    }
  }

  /// Waits for what is being stored, without counting it.
  @Override
  public void close() {
    threads.close();
  }

  private void send() throws InterruptedException {
    if (inFlight.size() >= CHUNKS_IN_FLIGHT) {
      awaitOldest();
    }
    List<Fact> records = List.copyOf(gathered);
    gathered.clear();
    inFlight.add(new Chunk(records, threads.submit(() -> sink.store(List.copyOf(records)))));
  }

  private void awaitOldest() throws InterruptedException {
    Chunk oldest = inFlight.remove();
    try {
      tally.countCommitted(oldest.records(), oldest.committed().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ImportFailedException failed) {
        throw failed;
      }
      throw new IllegalStateException(
          "Records could not be stored. Running the same import again is safe.", e.getCause());
    }
  }
}
