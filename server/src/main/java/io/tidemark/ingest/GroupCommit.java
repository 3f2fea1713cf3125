package io.tidemark.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.DatabaseFault;
import io.tidemark.platform.DatabaseWatch;
import io.tidemark.record.CapturedRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes records from many callers and commits what waits together: a commit costs about the same
/// for one record as for thousands. A caller waits until its records are durable. Thread-safe.
///
/// At most `queueRecords` records wait; more are answered with [IngestOutcome.Busy]. While the
/// database takes no writes nothing waits: whoever waits when that is found out, and whoever comes
/// later, is answered with [IngestOutcome.Unavailable] at once. The writers are the only long-lived
/// threads here; each has a connection for the time of a group.
public final class GroupCommit implements RecordKeeper, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int RETRY_BUSY_SECONDS = 1;
  private static final long LONGEST_WRITE_SECONDS = 60;

  private final IngestProperties properties;
  private final DatabaseWatch database;
  private final WaitingRecords waiting;
  private final List<Thread> writers = new ArrayList<>();
  private final Counter stored;
  private final Counter duplicates;
  private final Counter unstorable;
  private final Timer commits;
  private volatile boolean isOpen = true;

  public GroupCommit(
      DataSource dataSource,
      DatabaseWatch database,
      Partitions partitions,
      IngestProperties properties,
      MeterRegistry metrics) {
    this.properties = properties;
    this.database = database;
    this.waiting = new WaitingRecords(properties.queueRecords());
    this.stored = metrics.counter("tidemark.ingest.records", "result", "stored");
    this.duplicates = metrics.counter("tidemark.ingest.records", "result", "duplicate");
    this.unstorable = metrics.counter("tidemark.ingest.records", "result", "refused");
    this.commits = metrics.timer("tidemark.ingest.commit");
    metrics.gauge("tidemark.ingest.waiting", waiting, WaitingRecords::records);
    metrics.gauge("tidemark.ingest.open", this, commit -> commit.isTakingRecords() ? 1 : 0);
    database.whenStopped(this::giveUp);
    Counter packedFound = metrics.counter("tidemark.identity.found");
    PersonDirectory people = new PersonDirectory();
    KindDirectory kinds = new KindDirectory();
    for (int i = 1; i <= properties.writers(); i++) {
      GroupWriter writer = new GroupWriter(dataSource, partitions, people, kinds, packedFound);
      writers.add(Thread.ofPlatform().name("ingest-writer-" + i).start(() -> run(writer)));
    }
  }

  /// Stores the records and returns after their commit.
  @Override
  public IngestOutcome store(List<CapturedRecord> records) {
    if (records.isEmpty()) {
      return new IngestOutcome.Committed(List.of(), List.of());
    }
    if (!isOpen) {
      return new IngestOutcome.Busy(RETRY_BUSY_SECONDS);
    }
    if (!database.takesWrites()) {
      return Submission.unavailable();
    }
    Optional<Submission> submission = waiting.add(records);
    if (submission.isEmpty()) {
      return new IngestOutcome.Busy(RETRY_BUSY_SECONDS);
    }
    if (!database.takesWrites()) {
      giveUp(); // It stopped while this was handed over.
    }
    return submission.get().await();
  }

  /// Whether records handed over now would be written: the server is not stopping and its database
  /// takes writes.
  public boolean isTakingRecords() {
    return isOpen && database.takesWrites();
  }

  /// Why the database takes no records; empty when it does.
  public Optional<DatabaseFault> findFault() {
    return database.findFault();
  }

  /// Commits what waits and stops. Records handed over later are answered with
  /// [IngestOutcome.Busy].
  @Override
  public void close() {
    isOpen = false;
    for (Thread writer : writers) {
      try {
        writer.join(TimeUnit.SECONDS.toMillis(LONGEST_WRITE_SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void giveUp() {
    waiting.giveUp(Submission.unavailable());
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
    try {
      return waiting.takeGroup(properties.groupRecords());
    } catch (Throwable e) {
      // Errors too: without this thread, every later record would wait in vain.
      LOG.error("ingest.write could not take what waits; this is a defect", e);
      return List.of();
    }
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
      database.reportCommit();
      stored.increment(records.size() - outcome.duplicates().size() - outcome.refused().size());
      duplicates.increment(outcome.duplicates().size());
      unstorable.increment(outcome.refused().size());
      answer(group, outcome);
    } catch (SQLException e) {
      database.reportFailure(e);
      LOG.warn(
          "ingest.write could not commit {} records (SQLSTATE {}); their senders were told to send again: {}",
          records.size(),
          e.getSQLState(),
          e.getMessage());
      group.forEach(submission -> submission.answer(Submission.unavailable()));
    } catch (Throwable e) {
      // Errors too: without this thread, every later record would wait in vain.
      group.forEach(submission -> submission.answer(Submission.unavailable()));
      LOG.error("ingest.write failed on {} records; this is a defect", records.size(), e);
    } finally {
      waiting.release(group);
    }
  }

  private static void answer(List<Submission> group, IngestOutcome.Committed committed) {
    int start = 0;
    for (Submission submission : group) {
      int end = start + submission.size();
      submission.answer(committed.part(start, end));
      start = end;
    }
  }
}
