package io.tidemark.ingest;

import io.tidemark.record.CapturedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for a commit or is being committed: at most `mostRecords` records, so that memory
/// stays bounded whatever the database does. Thread-safe; one lock guards everything.
///
/// Few records are not worth a second writer: while a group is being committed, those that come
/// meanwhile wait for it and go together, unless they become many or it takes long. So a thousand
/// small requests a second take half as many commits, and a full load all writers.
final class WaitingRecords {

  private static final int WORTH_ANOTHER_WRITER = 1_000;
  private static final long LONGEST_GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int mostRecords;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Submission> waiting = new ArrayDeque<>();
  private final Set<Submission> inWork = new HashSet<>();
  private int waitingRecords;
  private int recordsInWork;

  WaitingRecords(int mostRecords) {
    this.mostRecords = mostRecords;
  }

  /// Lets records wait; empty when there is no room for them.
  Optional<Submission> add(List<CapturedRecord> records) {
    lock.lock();
    try {
      if (waitingRecords + recordsInWork + room(records.size()) > mostRecords) {
        return Optional.empty();
      }
      Submission submission = new Submission(records);
      boolean isFirst = waiting.isEmpty();
      waiting.add(submission);
      waitingRecords += room(records.size());
      if (isFirst || waitingRecords >= WORTH_ANOTHER_WRITER) {
        changed.signal();
      }
      return Optional.of(submission);
    } finally {
      lock.unlock();
    }
  }

  /// Takes what waits, without waiting for a group to fill; empty when nothing came for a moment.
  /// To be given back with [#release].
  List<Submission> takeGroup(int groupRecords) {
    List<Submission> group = new ArrayList<>();
    lock.lock();
    try {
      awaitWork();
      int records = 0;
      while (!waiting.isEmpty() && records < groupRecords) {
        Submission next = waiting.remove();
        group.add(next);
        records += next.size();
        waitingRecords -= room(next.size());
        recordsInWork += room(next.size());
      }
      inWork.addAll(group);
      return group;
    } finally {
      lock.unlock();
    }
  }

  /// Gives back the room of a group that a writer is done with.
  void release(List<Submission> group) {
    lock.lock();
    try {
      for (Submission submission : group) {
        inWork.remove(submission);
        recordsInWork -= room(submission.size());
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Answers everyone. What is being committed keeps its room until its writer lets go of it.
  void giveUp(IngestOutcome outcome) {
    lock.lock();
    try {
      waiting.forEach(submission -> submission.answer(outcome));
      waiting.clear();
      waitingRecords = 0;
      inWork.forEach(submission -> submission.answer(outcome));
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Records that wait or are being committed.
  int records() {
    lock.lock();
    try {
      return waitingRecords + recordsInWork;
    } finally {
      lock.unlock();
    }
  }

  private void awaitWork() {
    try {
      long idle = LONGEST_IDLE_NANOS;
      while (waiting.isEmpty() && idle > 0) {
        idle = changed.awaitNanos(idle);
      }
      long gathering = LONGEST_GATHERING_NANOS;
      while (!waiting.isEmpty()
          && !inWork.isEmpty()
          && waitingRecords < WORTH_ANOTHER_WRITER
          && gathering > 0) {
        gathering = changed.awaitNanos(gathering);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What so many records take; more than the whole queue wait alone in it.
  private int room(int records) {
    return Math.min(records, mostRecords);
  }
}
