package io.tidemark.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which installation a command works on; they win over environment and file.
final class ServerOptions {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder of the embedded database (TIDEMARK_DATA_DIR; default ~/.tidemark)")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, in the form of config/tidemark.yaml")
  private @Nullable Path config;

  /// The folder of the demo: `demo` in the data directory.
  Path demoDirectory() {
    Path directory = dataDirectory;
    if (directory == null) {
      String variable = System.getenv("TIDEMARK_DATA_DIR");
      directory =
          variable == null
              ? Path.of(System.getProperty("user.home"), ".tidemark")
              : Path.of(variable);
    }
    return directory.toAbsolutePath().resolve("demo");
  }

  /// As settings.
  Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    if (dataDirectory != null) {
      settings.put("tidemark.data-dir", dataDirectory.toAbsolutePath().toString());
    }
    if (config != null) {
      settings.put("spring.config.additional-location", "file:" + config.toAbsolutePath());
    }
    return settings;
  }
}
