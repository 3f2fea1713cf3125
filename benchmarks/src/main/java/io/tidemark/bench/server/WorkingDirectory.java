package io.tidemark.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// A new folder for the data of one run; deleted with all in it when closed.
public record WorkingDirectory(Path path) implements AutoCloseable {

  /// Others may pass through: started by root, PostgreSQL runs as another user.
  public static WorkingDirectory create(Path parent) {
    try {
      Path directory = Files.createTempDirectory(parent, "tidemark-bench-").toRealPath();
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      return new WorkingDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a folder in " + parent + ": " + e, e);
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
