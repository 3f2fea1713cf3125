package io.tidemark.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// A process and its children: a JVM, which has none, or a PostgreSQL, which has one for each
/// connection.
///
/// @param root the process that started the others
public record ProcessFamily(long root) {

  private static final Path PROC = Path.of("/proc");
  private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / ticksPerSecond();

  /// The family of a PostgreSQL, by one of its processes on this machine; empty when that process
  /// is not here.
  public static Optional<ProcessFamily> ofPostgres(long backendId) {
    return readStat(backendId)
        .filter(stat -> stat.name().equals("postgres"))
        .map(stat -> new ProcessFamily(stat.parentId()));
  }

  /// CPU time used so far. Children that have ended count, because PostgreSQL collects them.
  public Duration cpuTime() {
    long ticks = 0;
    for (ProcessStat member : members()) {
      ticks += member.ownTicks();
      if (member.processId() == root) {
        ticks += member.collectedTicks();
      }
    }
    return Duration.ofNanos(ticks * NANOS_PER_TICK);
  }

  /// Memory in bytes, a page shared by several processes divided among them; empty when the kernel
  /// does not let us see it.
  public OptionalLong memoryBytes() {
    long bytes = 0;
    for (ProcessStat member : members()) {
      Optional<String> map = read(directory(member.processId()).resolve("smaps_rollup"));
      if (map.isEmpty() && Files.exists(directory(member.processId()))) {
        return OptionalLong.empty();
      }
      bytes += map.map(MemoryMap::proportionalBytes).orElse(0L);
    }
    return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private List<ProcessStat> members() {
    List<ProcessStat> members = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        readStat(Long.parseLong(entry.getFileName().toString()))
            .filter(stat -> stat.processId() == root || stat.parentId() == root)
            .ifPresent(members::add);
      }
    } catch (IOException e) {
      throw new IllegalStateException("This measures with /proc, which only Linux has: " + e, e);
    }
    return members;
  }

  private static Optional<ProcessStat> readStat(long processId) {
    return read(directory(processId).resolve("stat")).flatMap(ProcessStat::parse);
  }

  private static Path directory(long processId) {
    return PROC.resolve(Long.toString(processId));
  }

  /// Empty when the process has ended, or is not ours to look at.
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// 100 on every Linux in use; `getconf` knows for sure.
  private static long ticksPerSecond() {
    return CommandOutput.of("getconf", "CLK_TCK")
        .filter(text -> text.matches("[1-9]\\d{0,6}"))
        .map(Long::parseLong)
        .orElse(100L);
  }
}
