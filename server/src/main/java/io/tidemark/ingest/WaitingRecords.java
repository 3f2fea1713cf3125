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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for a commit or is being committed: at most `mostRecords` records, so that memory
/// stays bounded whatever the database does. Thread-safe.
///
/// Few records are not worth a second writer: while a group is being committed, those that come
/// meanwhile wait for it and go together, unless they become many or it takes long. So a thousand
/// small requests a second take half as many commits, and a full load all writers.
final class WaitingRecords {

  private static final int WORTH_ANOTHER_WRITER = 1_000;
  private static final long LONGEST_GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int mostRecords;
  private final Semaphore room;
  private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
  private final Set<Submission> inWork = ConcurrentHashMap.newKeySet();

  /// Held by the writer whose turn it is to take a group.
  private final Lock turn = new ReentrantLock();

  private final Lock gathering = new ReentrantLock();
  private final Condition changed = gathering.newCondition();
  private int groupsInWork;
  private int gathered;

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
    gathering.lock();
    try {
      gathered += submission.size();
      if (gathered >= WORTH_ANOTHER_WRITER) {
        changed.signal();
      }
    } finally {
      gathering.unlock();
    }
    return Optional.of(submission);
  }

  /// Takes what waits, without waiting for a group to fill; empty when nothing came for a moment.
  /// To be given back with [#release].
  List<Submission> takeGroup(int groupRecords) {
    List<Submission> group = new ArrayList<>();
    turn.lock();
    try {
      Submission next = waiting.poll(100, TimeUnit.MILLISECONDS);
      if (next == null) {
        return group;
      }
      inWork.add(next);
      gather();
      int records = 0;
      while (next != null) {
        inWork.add(next);
        group.add(next);
        records += next.size();
        next = records < groupRecords ? waiting.poll() : null;
      }
      noteTaken(records);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      turn.unlock();
    }
    return group;
  }

  /// Gives back the room of a group that a writer is done with.
  void release(List<Submission> group) {
    for (Submission submission : group) {
      inWork.remove(submission);
      room.release(permits(submission));
    }
    gathering.lock();
    try {
      groupsInWork--;
      changed.signal();
    } finally {
      gathering.unlock();
    }
  }

  /// Lets more come while a group is in work.
  private void gather() {
    gathering.lock();
    try {
      long left = LONGEST_GATHERING_NANOS;
      while (groupsInWork > 0 && gathered < WORTH_ANOTHER_WRITER && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gathering.unlock();
    }
  }

  private void noteTaken(int records) {
    gathering.lock();
    try {
      gathered -= records;
      groupsInWork++;
    } finally {
      gathering.unlock();
    }
  }

  /// Answers everyone. What is being committed keeps its room until its writer lets go of it.
  void giveUp(IngestOutcome outcome) {
    List<Submission> left = new ArrayList<>();
    waiting.drainTo(left);
    int records = 0;
    for (Submission submission : left) {
      submission.answer(outcome);
      room.release(permits(submission));
      records += submission.size();
    }
    forget(records);
    inWork.forEach(submission -> submission.answer(outcome));
  }

  private void forget(int records) {
    gathering.lock();
    try {
      gathered -= records;
    } finally {
      gathering.unlock();
    }
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
