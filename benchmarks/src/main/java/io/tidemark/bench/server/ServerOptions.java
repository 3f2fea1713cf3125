package io.tidemark.bench.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which server is measured, and where its data lies meanwhile.
@SuppressWarnings("NullAway.Init") // fields set by picocli
public final class ServerOptions {

  /// What the launcher gives a server.
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xms128m",
          "-Xmx768m",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  @Option(
      names = "--server-jar",
      paramLabel = "FILE",
      description = "The tidemark-exec.jar to measure (default: the one built beside this one)")
  private @Nullable Path jar;

  @Option(
      names = "--server-java-options",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description = "Further options for the server's java, separated by blanks, such as -Xmx2g")
  private String javaOptions;

  @Option(
      names = "--server-setting",
      paramLabel = "NAME=VALUE",
      description =
          "A setting of the server, such as tidemark.ingest.writers=4; may be given several times")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where the folder for the run's data is made, and deleted at the end (default: ${DEFAULT-VALUE})",
      defaultValue = "${sys:java.io.tmpdir}")
  private Path directory;

  /// @throws IllegalStateException when there is no such file
  Path jar() {
    Path file = jar == null ? builtJar() : jar;
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          "There is no server at "
              + file.toAbsolutePath()
              + ". Build it (./tidemark serve --help does), or name one with --server-jar.");
    }
    return file.toAbsolutePath();
  }

  List<String> javaOptions() {
    List<String> options = new ArrayList<>(JAVA_OPTIONS);
    List<String> further =
        javaOptions.isBlank() ? List.of() : List.of(javaOptions.strip().split("\\s+"));
    // Java refuses to be given two collectors.
    if (further.stream().noneMatch(option -> option.matches("-XX:\\+Use\\w*GC"))) {
      options.add("-XX:+UseG1GC");
    }
    options.addAll(further);
    return options;
  }

  /// As the user gave them, with their full names.
  public Map<String, String> settings() {
    return settings;
  }

  /// In one line.
  public String describe() {
    return "java " + String.join(" ", javaOptions()) + (settings.isEmpty() ? "" : " " + settings);
  }

  /// The folder that the run's own folder is made in.
  public Path directory() {
    return directory.toAbsolutePath();
  }

  /// `server/target/tidemark-exec.jar` beside `benchmarks/target/benchmarks.jar`, or in the same
  /// folder as it.
  private static Path builtJar() {
    Path folder = folderOfThisJar();
    Path beside = folder.resolve("tidemark-exec.jar");
    return Files.isRegularFile(beside)
        ? beside
        : folder.resolve("../../server/target/tidemark-exec.jar").normalize();
  }

  /// Where this program lies.
  public static Path folderOfThisJar() {
    return Path.of(System.getProperty("java.class.path").split(":", 2)[0])
        .toAbsolutePath()
        .resolve("..")
        .normalize();
  }
}
