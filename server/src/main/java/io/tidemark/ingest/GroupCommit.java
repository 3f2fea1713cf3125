package io.tidemark.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidemark.partition.Partitions;
import io.tidemark.record.CapturedRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes records from many callers and commits what waits together: a commit costs about the same
/// for one record as for thousands. A caller waits until its records are durable. Thread-safe.
///
/// At most `queueRecords` records wait; more are answered with [IngestOutcome.Busy]. The writers
/// are the only long-lived threads here; each has a connection for the time of a group.
public final class GroupCommit implements RecordKeeper, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int RETRY_BUSY_SECONDS = 1;
  private static final int RETRY_UNAVAILABLE_SECONDS = 5;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private record Submission(
      List<CapturedRecord> records, CompletableFuture<IngestOutcome> outcome) {}

  private final IngestProperties properties;
  private final Semaphore room;
  private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
  private final List<Thread> writers = new ArrayList<>();
  private final Counter stored;
  private final Counter duplicates;
  private final Counter unstorable;
  private final Timer commits;
  private volatile boolean isOpen = true;

  public GroupCommit(
      DataSource dataSource,
      Partitions partitions,
      IngestProperties properties,
      MeterRegistry metrics) {
    this.properties = properties;
    this.room = new Semaphore(properties.queueRecords());
    this.stored = metrics.counter("tidemark.ingest.records", "result", "stored");
    this.duplicates = metrics.counter("tidemark.ingest.records", "result", "duplicate");
    this.unstorable = metrics.counter("tidemark.ingest.records", "result", "refused");
    this.commits = metrics.timer("tidemark.ingest.commit");
    metrics.gauge(
        "tidemark.ingest.waiting",
        room,
        free -> properties.queueRecords() - free.availablePermits());
    PersonDirectory directory = new PersonDirectory();
    for (int i = 1; i <= properties.writers(); i++) {
      GroupWriter writer = new GroupWriter(dataSource, partitions, directory);
      writers.add(Thread.ofPlatform().name("ingest-writer-" + i).start(() -> run(writer)));
    }
  }

  /// Stores the records and returns after their commit.
  @Override
  public IngestOutcome store(List<CapturedRecord> records) {
    if (records.isEmpty()) {
      return new IngestOutcome.Committed(List.of(), List.of());
    }
    if (!isOpen || !room.tryAcquire(permits(records))) {
      return new IngestOutcome.Busy(RETRY_BUSY_SECONDS);
    }
    Submission submission = new Submission(records, new CompletableFuture<>());
    waiting.add(submission);
    try {
      return submission.outcome().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IngestOutcome.Unavailable(RETRY_UNAVAILABLE_SECONDS);
    } catch (TimeoutException e) {
      return new IngestOutcome.Unavailable(RETRY_UNAVAILABLE_SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A writer failed", e.getCause());
    }
  }

  /// Commits what waits and stops. Records handed over later are answered with
  /// [IngestOutcome.Busy].
  @Override
  public void close() {
    isOpen = false;
    for (Thread writer : writers) {
      try {
        writer.join(TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Records that are more than the whole queue wait alone in it.
  private int permits(List<CapturedRecord> records) {
    return Math.min(records.size(), properties.queueRecords());
  }

  private void run(GroupWriter writer) {
    while (isOpen || !waiting.isEmpty()) {
      List<Submission> group = takeGroup();
      if (!group.isEmpty()) {
        commit(writer, group);
      }
    }
  }

  private List<Submission> takeGroup() {
    List<Submission> group = new ArrayList<>();
    try {
      Submission next = waiting.poll(100, TimeUnit.MILLISECONDS);
      int records = 0;
      while (next != null) {
        group.add(next);
        records += next.records().size();
        next = records < properties.groupRecords() ? waiting.poll() : null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return group;
  }

  private void commit(GroupWriter writer, List<Submission> group) {
    List<CapturedRecord> records = new ArrayList<>();
    for (Submission submission : group) {
      records.addAll(submission.records());
    }
    try {
      IngestOutcome.Committed outcome = commits.recordCallable(() -> writer.write(records));
      if (outcome == null) {
        throw new IllegalStateException("A written group has an outcome");
      }
      stored.increment(records.size() - outcome.duplicates().size() - outcome.refused().size());
      duplicates.increment(outcome.duplicates().size());
      unstorable.increment(outcome.refused().size());
      answer(group, outcome);
    } catch (SQLException e) {
      LOG.warn(
          "ingest.write could not commit {} records (SQLSTATE {}); their senders were told to send again: {}",
          records.size(),
          e.getSQLState(),
          e.getMessage());
      answer(group, new IngestOutcome.Unavailable(RETRY_UNAVAILABLE_SECONDS));
    } catch (Throwable e) {
      // Errors too: without this thread, every later record would wait in vain.
      answer(group, new IngestOutcome.Unavailable(RETRY_UNAVAILABLE_SECONDS));
      LOG.error("ingest.write failed on {} records; this is a defect", records.size(), e);
    } finally {
      group.forEach(submission -> room.release(permits(submission.records())));
    }
  }

  private static void answer(List<Submission> group, IngestOutcome outcome) {
    if (!(outcome instanceof IngestOutcome.Committed committed)) {
      group.forEach(submission -> submission.outcome().complete(outcome));
      return;
    }
    int start = 0;
    for (Submission submission : group) {
      int end = start + submission.records().size();
      submission.outcome().complete(committed.part(start, end));
      start = end;
    }
  }
}
