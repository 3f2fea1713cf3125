package io.tidemark.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A turn that one thread of one process on this machine has at a time. A process that dies loses
/// it.
///
/// The system's file locks are held by processes and are lost when any channel on the file is
/// closed; the thread lock in front of them keeps the threads of this process apart. To be closed
/// by the thread that acquired it.
final class ExclusiveFileLock implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel channel;

  private ExclusiveFileLock(ReentrantLock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
  }

  static ExclusiveFileLock acquire(Path file, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    ReentrantLock thread = THREADS.computeIfAbsent(file, _ -> new ReentrantLock());
    FileChannel channel = null;
    boolean acquired = false;
    try {
      if (!thread.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy(file, patience);
      }
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      while (lock == null) {
        if (System.nanoTime() > deadline) {
          throw busy(file, patience);
        }
        Thread.sleep(PAUSE);
        lock = channel.tryLock();
      }
      acquired = true;
      return new ExclusiveFileLock(thread, channel);
    } catch (IOException e) {
      throw new EmbeddedPostgresException("Cannot lock " + file + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while waiting for " + file, e);
    } finally {
      if (!acquired) {
        release(thread, channel);
      }
    }
  }

  /// Gives up the turn.
  @Override
  public void close() {
    release(thread, channel);
  }

  private static void release(ReentrantLock thread, @Nullable FileChannel channel) {
    if (!thread.isHeldByCurrentThread()) {
      return;
    }
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException("Cannot release a lock of PostgreSQL: " + e, e);
    } finally {
      thread.unlock();
    }
  }

  private static EmbeddedPostgresException busy(Path file, Duration patience) {
    return new EmbeddedPostgresException(
        "Another process has been starting or stopping the PostgreSQL of "
            + file.getParent()
            + " for "
            + patience.toSeconds()
            + " s. Look for a Tidemark that hangs, end it and try again.");
  }
}
