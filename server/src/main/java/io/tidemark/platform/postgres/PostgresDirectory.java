package io.tidemark.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What lies where in the directory of an embedded PostgreSQL.
///
/// @param root the real path of the directory, without symbolic links
record PostgresDirectory(Path root) {

  /// `pg_ctl` hands the path to a shell inside double quotes.
  private static final Pattern UNSAFE = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

  private static final String UNFINISHED = "cluster.unfinished-";

  /// Creates the directory when it does not exist: the owner's alone, though other users may pass
  /// through it when the server has to run as one of them.
  static PostgresDirectory prepare(Path directory, UnprivilegedCommand command) {
    Path absolute = directory.toAbsolutePath().normalize();
    if (UNSAFE.matcher(absolute.toString()).find()) {
      throw new EmbeddedPostgresException(
          "The path "
              + absolute
              + " has a character that PostgreSQL cannot take (one of \" $ ` \\). Choose another"
              + " data directory.");
    }
    try {
      if (!Files.isDirectory(absolute)) {
        Path parent = absolute.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(absolute);
        Files.setPosixFilePermissions(
            absolute,
            PosixFilePermissions.fromString(command.changesUser() ? "rwx--x--x" : "rwx------"));
      }
      if (!Files.isWritable(absolute)) {
        throw new EmbeddedPostgresException(
            "Cannot write to " + absolute + ": choose another data directory or change its owner.");
      }
      return new PostgresDirectory(absolute.toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      throw new EmbeddedPostgresException("Cannot create the directory " + absolute + ": " + e, e);
    }
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  /// A new place for a cluster that is not whole yet, each time another: the `initdb` of a process
  /// that was killed may still be writing to the last one.
  Path newUnfinishedCluster() {
    return root.resolve(UNFINISHED + UUID.randomUUID());
  }

  /// The clusters that crashes left unfinished.
  List<Path> listUnfinishedClusters() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(path -> path.getFileName().toString().startsWith(UNFINISHED)).toList();
    }
  }

  Path password() {
    return root.resolve("password");
  }

  /// The password as `initdb` reads it, for as long as it runs.
  Path initialPassword() {
    return root.resolve("password.initdb");
  }

  Path log() {
    return root.resolve("log");
  }

  Path startLock() {
    return root.resolve("start.lock");
  }

  Path useLock() {
    return root.resolve("use.lock");
  }
}
