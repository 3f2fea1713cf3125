package io.tidemark.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A file system of its own that can be filled, where the machine lets us mount one; else a plain
/// directory.
record SmallDisk(Path root, boolean isReal) {

  private static final int CHUNK_BYTES = 64 * 1024;

  static SmallDisk in(Path directory) throws IOException, InterruptedException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path root = Files.createDirectory(directory.resolve("disk"));
    boolean isMounted =
        isDone(
            List.of("mount", "-t", "tmpfs", "-o", "size=700m,mode=755", "none", root.toString()));
    return new SmallDisk(root, isMounted);
  }

  /// Leaves not a byte free.
  void fill() {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream filler = Files.newOutputStream(filler())) {
      while (true) {
        filler.write(chunk);
      }
    } catch (IOException full) {
      // As it should be.
    }
  }

  void makeRoom() throws IOException {
    Files.delete(filler());
  }

  void unmount() throws IOException, InterruptedException {
    if (isReal && !isDone(List.of("umount", root.toString()))) {
      throw new IOException("Cannot unmount " + root);
    }
  }

  private Path filler() {
    return root.resolve("filler");
  }

  private static boolean isDone(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
