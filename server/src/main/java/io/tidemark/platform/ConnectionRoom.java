package io.tidemark.platform;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Whether a process can keep as many connections as it is set to. Pure. Threads do not count: they
/// are virtual, and a connection that says nothing has none.
///
/// @param openFiles most files and sockets it may have open
/// @param heapBytes the most its heap may grow to
record ConnectionRoom(long openFiles, long heapBytes) {

  /// Jars, connections to the database, files of the import, the embedded database's locks.
  private static final int OTHER_FILES = 500;

  /// Tomcat's buffers for reading and writing, and what belongs to them.
  private static final int CONNECTION_BYTES = 10 * 1024;

  /// Of the heap, what idle connections may take.
  private static final int PART_OF_HEAP = 2;

  static ConnectionRoom ofThisProcess() {
    long openFiles =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : Long.MAX_VALUE;
    return new ConnectionRoom(openFiles, Runtime.getRuntime().maxMemory());
  }

  /// What is too small, each in a line with what to do.
  List<String> findTrouble(int maxConnections) {
    List<String> trouble = new ArrayList<>();
    long files = (long) maxConnections + OTHER_FILES;
    if (openFiles < files) {
      trouble.add(
          "This process may open %d files, too few for tidemark.server.max-connections=%d: allow it %d (ulimit -n; LimitNOFILE= of systemd; --ulimit nofile= of a container), or set fewer connections"
              .formatted(openFiles, maxConnections, files));
    }
    long bytes = (long) maxConnections * CONNECTION_BYTES * PART_OF_HEAP;
    if (heapBytes < bytes) {
      trouble.add(
          "The heap of %d MB is small for tidemark.server.max-connections=%d: give it %d MB (TIDEMARK_JAVA_OPTIONS=-Xmx%3$dm), or set fewer connections"
              .formatted(megabytes(heapBytes), maxConnections, megabytes(bytes)));
    }
    return trouble;
  }

  private static long megabytes(long bytes) {
    return bytes / (1024 * 1024);
  }
}
