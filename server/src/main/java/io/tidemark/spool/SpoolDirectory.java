package io.tidemark.spool;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of the spool and the files in it, held by one process at a time: `lock`, segments by
/// ascending number, segments that were found damaged, and `refused.jsonl`.
///
/// Not thread-safe: [Spool] has the turn, save for [#keepRefused], which is the replay's alone.
final class SpoolDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
  private static final String SEGMENT = "%016d.segment";
  private static final String SEGMENT_PATTERN = "\\d{16}\\.segment";
  private static final String DAMAGED = ".damaged";

  private final Path root;
  private final FileChannel lock;
  private final List<Segment> found;
  private long lastNumber;

  private SpoolDirectory(Path root, FileChannel lock, List<Path> files) throws IOException {
    this.root = root;
    this.lock = lock;
    this.found = new ArrayList<>();
    for (Path file : files) {
      found.add(recover(file, file.equals(files.getLast())));
      lastNumber = Long.parseLong(file.getFileName().toString().replaceFirst("\\..*", ""));
    }
  }

  /// Takes the folder, which is made when it is missing, and looks through what is in it.
  ///
  /// @throws SpoolException if another process holds it or it cannot be read or written
  static SpoolDirectory open(Path folder) {
    FileChannel lock = null;
    SpoolDirectory opened = null;
    try {
      Path root = Files.createDirectories(folder.toAbsolutePath().normalize()).toRealPath();
      lock =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(lock)) {
        throw new SpoolException(
            "Another server keeps its spool in %s: give this one a data directory of its own (tidemark.data-dir) or turn its spool off (tidemark.spool)"
                .formatted(root),
            null);
      }
      opened = new SpoolDirectory(root, lock, listSegments(root));
      return opened;
    } catch (IOException e) {
      throw new SpoolException("The spool in " + folder + " cannot be opened: " + e, e);
    } finally {
      if (opened == null) {
        closeQuietly(lock);
      }
    }
  }

  Path root() {
    return root;
  }

  /// What an earlier process left, oldest first.
  List<Segment> found() {
    return found;
  }

  SegmentWriter create() throws IOException {
    lastNumber++;
    SegmentWriter writer = SegmentWriter.create(root.resolve(SEGMENT.formatted(lastNumber)));
    try {
      forceNames();
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  void delete(Segment segment) throws IOException {
    Files.deleteIfExists(segment.file());
  }

  /// Puts a segment aside for a person to look at.
  void keepDamaged(Segment segment) throws IOException {
    if (!Files.exists(segment.file())) {
      LOG.error("spool.replay misses {}: someone else has taken it away", segment.file());
      return;
    }
    Path kept = freeName(segment.file().getFileName() + DAMAGED);
    Files.move(segment.file(), kept);
    LOG.error(
        "spool.replay found damage in {}: what could be read of it was stored, the file is kept",
        kept);
  }

  private Path freeName(String name) {
    Path free = root.resolve(name);
    for (int number = 2; Files.exists(free); number++) {
      free = root.resolve(name + '.' + number);
    }
    return free;
  }

  /// Appends a line to the records that no database took, and returns when the disk has it.
  void keepRefused(byte[] line) throws IOException {
    try (FileOutputStream refused =
        new FileOutputStream(root.resolve("refused.jsonl").toFile(), true)) {
      refused.write(line);
      refused.write('\n');
      refused.getFD().sync();
    }
  }

  @Override
  public void close() {
    closeQuietly(lock);
  }

  /// Only the newest segment was being written when a process died: what follows its last good
  /// entry was never acknowledged.
  private static Segment recover(Path file, boolean isNewest) throws IOException {
    long records = 0;
    long goodBytes;
    try (SegmentReader reader = SegmentReader.open(file)) {
      while (reader.next() != null) {
        records++;
      }
      goodBytes = reader.goodBytes();
    }
    boolean isStarted = goodBytes > 0 || Files.size(file) <= SegmentFormat.MAGIC.length;
    if (isNewest && isStarted && goodBytes < Files.size(file)) {
      LOG.warn(
          "spool.open cut {} bytes off {}: a write that was never finished",
          Files.size(file) - goodBytes,
          file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(goodBytes);
        channel.force(true);
      }
    }
    return new Segment(file, Files.size(file), records);
  }

  private static List<Path> listSegments(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(file -> file.getFileName().toString().matches(SEGMENT_PATTERN))
          .sorted()
          .toList();
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /// A new file is safe when its folder is on disk too.
  private void forceNames() throws IOException {
    try (FileChannel names = FileChannel.open(root, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("spool.close could not give up its lock; the process's end does: {}", e.toString());
    }
  }
}
