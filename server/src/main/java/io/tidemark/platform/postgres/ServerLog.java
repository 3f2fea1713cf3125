package io.tidemark.platform.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The log files of a server: what it said before its own log was open, and a file for each day of
/// the week.
record ServerLog(Path directory) {

  private static final int TAIL_BYTES = 4096;

  /// Where `pg_ctl` sends what the server says before it writes its own log.
  Path startup() {
    return directory.resolve("startup.log");
  }

  /// How far each file has been written.
  Map<Path, Long> mark() {
    Map<Path, Long> sizes = new HashMap<>();
    for (Path file : files()) {
      sizes.put(file, file.toFile().length());
    }
    return sizes;
  }

  /// The end of what was written after the mark.
  String since(Map<Path, Long> mark) {
    StringBuilder said = new StringBuilder();
    for (Path file : files()) {
      long size = file.toFile().length();
      long known = mark.getOrDefault(file, 0L);
      long from = size < known ? 0 : known;
      said.append(read(file, Math.max(from, size - TAIL_BYTES)));
    }
    return said.toString().strip();
  }

  private List<Path> files() {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> entry.toString().endsWith(".log")).sorted().toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static String read(Path file, long from) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.max(0, bytes.length() - from)];
      bytes.seek(from);
      bytes.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(cannot read " + file + ": " + e + ")\n";
    }
  }
}
