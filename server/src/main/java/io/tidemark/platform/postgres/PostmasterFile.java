package io.tidemark.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `postmaster.pid` says of the server of a cluster. The server writes it line by line while
/// it starts: a port of 0 and an empty status mean "not yet".
record PostmasterFile(long processId, int port, String status) {

  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  static Path in(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  /// The server that is alive, if there is one.
  ///
  /// The file outlives a server that was killed, and its process ID may since belong to anything,
  /// or to a dead process that no one has collected. So a server counts as alive only when the
  /// command line of the process names the cluster.
  static Optional<PostmasterFile> findAlive(Path cluster) throws IOException {
    return find(cluster).filter(file -> file.isServerOf(cluster));
  }

  static Optional<PostmasterFile> find(Path cluster) throws IOException {
    try {
      return parse(Files.readAllLines(in(cluster)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  static Optional<PostmasterFile> parse(List<String> lines) {
    try {
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new PostmasterFile(
              Math.abs(Long.parseLong(lines.getFirst().strip())),
              lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0,
              lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : ""));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  boolean isReady() {
    return port > 0 && status.equals("ready");
  }

  private boolean isServerOf(Path cluster) {
    return ProcessHandle.of(processId)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().commandLine())
        .filter(line -> line.contains("postgres") && line.contains(cluster.toString()))
        .isPresent();
  }
}
