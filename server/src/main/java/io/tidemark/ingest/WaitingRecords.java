package io.tidemark.ingest;

import io.tidemark.record.CapturedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What waits for a commit or is being committed: at most `mostRecords` records, so that memory
/// stays bounded whatever the database does. Thread-safe.
final class WaitingRecords {

  private final int mostRecords;
  private final Semaphore room;
  private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
  private final Set<Submission> inWork = ConcurrentHashMap.newKeySet();

  WaitingRecords(int mostRecords) {
    this.mostRecords = mostRecords;
    this.room = new Semaphore(mostRecords);
  }

  /// Lets records wait; empty when there is no room for them.
  Optional<Submission> add(List<CapturedRecord> records) {
    Submission submission = new Submission(records);
    if (!room.tryAcquire(permits(submission))) {
      return Optional.empty();
    }
    waiting.add(submission);
    return Optional.of(submission);
  }

  /// Takes what waits, without waiting for a group to fill; empty when nothing came for a moment.
  /// To be given back with [#release].
  List<Submission> takeGroup(int groupRecords) {
    List<Submission> group = new ArrayList<>();
    try {
      Submission next = waiting.poll(100, TimeUnit.MILLISECONDS);
      int records = 0;
      while (next != null) {
        inWork.add(next);
        group.add(next);
        records += next.size();
        next = records < groupRecords ? waiting.poll() : null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return group;
  }

  /// Gives back the room of a group that a writer is done with.
  void release(List<Submission> group) {
    for (Submission submission : group) {
      inWork.remove(submission);
      room.release(permits(submission));
    }
  }

  /// Answers everyone. What is being committed keeps its room until its writer lets go of it.
  void giveUp(IngestOutcome outcome) {
    List<Submission> left = new ArrayList<>();
    waiting.drainTo(left);
    for (Submission submission : left) {
      submission.answer(outcome);
      room.release(permits(submission));
    }
    inWork.forEach(submission -> submission.answer(outcome));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Records that wait or are being committed.
  int records() {
    return mostRecords - room.availablePermits();
  }

  /// Records that are more than the whole queue wait alone in it.
  private int permits(Submission submission) {
    return Math.min(submission.size(), mostRecords);
  }
}
