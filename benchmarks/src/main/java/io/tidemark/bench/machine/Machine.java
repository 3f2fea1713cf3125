package io.tidemark.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The machine that a result comes from.
///
/// @param processors that the JVM may use
public record Machine(String processor, int processors, long memoryBytes, String system) {

  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

  public static Machine read() {
    return of(
        file("/proc/cpuinfo"),
        file("/proc/meminfo"),
        Runtime.getRuntime().availableProcessors(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
  }

  static Machine of(String cpuInfo, String memInfo, int processors, String system) {
    Matcher model = MODEL.matcher(cpuInfo);
    Matcher memory = MEMORY.matcher(memInfo);
    return new Machine(
        model.find() ? model.group(1).strip() : "unknown processor",
        processors,
        memory.find() ? Long.parseLong(memory.group(1)) * 1024 : 0,
        system);
  }

  /// In one line.
  public String describe() {
    return "%s, %d cores, %.1f GiB, %s"
        .formatted(processor, processors, memoryBytes / (double) (1L << 30), system);
  }

  private static String file(String path) {
    try {
      return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
