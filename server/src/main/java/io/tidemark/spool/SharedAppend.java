package io.tidemark.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that writes for all callers, so that what waits shares a sync of the disk, and that
/// nobody interrupts: an interrupt would close the file. Thread-safe: the queue's monitor guards
/// the door. The queue is bounded by its callers, who wait and have their bytes reserved.
final class SharedAppend implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedAppend.class);
  private static final long GROUP_BYTES = 8L * 1024 * 1024;

  /// Writes entries and returns whether the disk has them.
  @FunctionalInterface
  interface Target {
    boolean append(List<ByteBuffer> entries, int records);
  }

  private record Submission(ByteBuffer entries, int records, CompletableFuture<Boolean> isKept) {

    static Submission of(ByteBuffer entries, int records) {
      return new Submission(entries, records, new CompletableFuture<>());
    }

    /// The last one, with nothing in it.
    boolean isEnd() {
      return records == 0;
    }
  }

  private final Target target;
  private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean isOpen = true;

  SharedAppend(Target target) {
    this.target = target;
    this.thread = Thread.ofPlatform().name("spool-appender").start(this::run);
  }

  /// Returns once the disk has the entries, or is known not to.
  ///
  /// @param records how many entries there are, at least one
  boolean append(ByteBuffer entries, int records) {
    Submission submission = Submission.of(entries, records);
    synchronized (waiting) {
      if (!isOpen) {
        return false;
      }
      waiting.add(submission);
    }
    return submission.isKept().join();
  }

  /// Writes what waits and stops.
  @Override
  public void close() {
    synchronized (waiting) {
      if (isOpen) {
        isOpen = false;
        waiting.add(Submission.of(ByteBuffer.allocate(0), 0));
      }
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean goesOn = true;
    while (goesOn) {
      List<Submission> group = new ArrayList<>();
      goesOn = takeGroup(group);
      boolean isKept = !group.isEmpty() && write(group);
      group.forEach(submission -> submission.isKept().complete(isKept));
    }
  }

  /// @return whether more may come
  private boolean takeGroup(List<Submission> group) {
    try {
      long size = 0;
      Submission next = waiting.take();
      while (next != null && !next.isEnd()) {
        group.add(next);
        size += next.entries().remaining();
        next = size < GROUP_BYTES ? waiting.poll() : null;
      }
      return next == null;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread", e);
    }
  }

  private boolean write(List<Submission> group) {
    try {
      return target.append(
          group.stream().map(Submission::entries).toList(),
          group.stream().mapToInt(Submission::records).sum());
    } catch (Throwable e) {
      // Errors too: without this thread, every later caller would wait in vain.
      LOG.error("spool.keep failed; this is a defect", e);
      return false;
    }
  }
}
