package io.tidemark.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The folder for the data of a run.
///
/// @param isKept whether it stays when closed; else it is deleted with all in it
public record WorkingDirectory(Path path, boolean isKept) implements AutoCloseable {

  /// Others may pass through: started by root, PostgreSQL runs as another user.
  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rwx--x--x");

  /// A new one, deleted in the end.
  public static WorkingDirectory create(Path parent) {
    try {
      Path directory = Files.createTempDirectory(parent, "tidemark-bench-").toRealPath();
      Files.setPosixFilePermissions(directory, PERMISSIONS);
      return new WorkingDirectory(directory, false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a folder in " + parent + ": " + e, e);
    }
  }

  /// One that stays, made if it is missing.
  public static WorkingDirectory keep(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PERMISSIONS);
      }
      return new WorkingDirectory(path.toRealPath(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use the folder " + path + ": " + e, e);
    }
  }

  /// Type of the file system, such as ext4. On tmpfs a commit waits for no disk.
  public String fileSystem() {
    try {
      return Files.getFileStore(path).type();
    } catch (IOException _) {
      return "unknown";
    }
  }

  @Override
  public void close() throws IOException {
    if (isKept) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
