package io.tidemark.bench.server;

import io.tidemark.bench.machine.CommandOutput;
import io.tidemark.bench.machine.Machine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a result depends on beside the code: printed with every result.
public final class Conditions {

  private Conditions() {}

  /// @param fileSystem that the database's data lies on
  /// @param postgres settings by name
  /// @param server options of its JVM, and settings that were given
  public static Map<String, String> describe(
      String fileSystem, Map<String, String> postgres, String server) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    conditions.put("machine", Machine.read().describe() + ", data on " + fileSystem);
    conditions.put("commit", commit());
    conditions.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    conditions.put("server", server);
    conditions.put(
        "PostgreSQL",
        postgres.entrySet().stream()
            .map(setting -> setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining(", ")));
    return conditions;
  }

  /// Of the sources around this program, when it lies in them.
  private static String commit() {
    String folder = ServerOptions.folderOfThisJar().toString();
    return CommandOutput.of("git", "-C", folder, "rev-parse", "--short", "HEAD")
        .map(commit ->
            CommandOutput.of("git", "-C", folder, "status", "--porcelain", "-uno")
                .filter(String::isEmpty)
                .map(clean -> commit)
                .orElse(commit + " with changes"))
        .orElse("unknown");
  }
}
