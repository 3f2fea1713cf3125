package io.tidemark.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// The fact that this process uses a server, seen by every process of the machine as a shared lock
/// on a file. A process that dies stops using.
///
/// Joined and left only by who holds the start lock of the directory: nobody joins between "no one
/// else uses it" and the stop that follows. The openers of one process share one lock, counted here
/// under the monitor of `IN_THIS_PROCESS`, because a second channel on the file would drop the
/// first one's lock when closed.
final class SharedUse {

  private static final Map<Path, SharedUse> IN_THIS_PROCESS = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private final FileLock shared;
  private int openers = 1;

  private SharedUse(Path file, FileChannel channel, FileLock shared) {
    this.file = file;
    this.channel = channel;
    this.shared = shared;
  }

  /// A use that has begun, and whether no one used the server before.
  record Joined(SharedUse use, boolean alone) {}

  static Joined join(Path file) {
    synchronized (IN_THIS_PROCESS) {
      SharedUse known = IN_THIS_PROCESS.get(file);
      if (known != null) {
        known.openers++;
        return new Joined(known, false);
      }
      try {
        FileChannel channel =
            FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean alone = isUnused(channel);
        FileLock shared = channel.lock(0, Long.MAX_VALUE, true);
        SharedUse use = new SharedUse(file, channel, shared);
        IN_THIS_PROCESS.put(file, use);
        return new Joined(use, alone);
      } catch (IOException e) {
        throw failure(file, e);
      }
    }
  }

  /// Ends one use, and tells whether it was the last one of all processes.
  boolean leave() {
    synchronized (IN_THIS_PROCESS) {
      openers--;
      if (openers > 0) {
        return false;
      }
      IN_THIS_PROCESS.remove(file);
      try (channel) {
        shared.release();
        return isUnused(channel);
      } catch (IOException e) {
        throw failure(file, e);
      }
    }
  }

  private static boolean isUnused(FileChannel channel) throws IOException {
    FileLock exclusive = channel.tryLock();
    if (exclusive == null) {
      return false;
    }
    exclusive.release();
    return true;
  }

  private static EmbeddedPostgresException failure(Path file, IOException cause) {
    return new EmbeddedPostgresException("Cannot lock " + file + ": " + cause, cause);
  }
}
