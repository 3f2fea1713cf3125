package io.tidemark.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say where a server listens.
final class ListenOptions {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on (TIDEMARK_SERVER_PORT; default 8080)")
  private @Nullable Integer port;

  /// The port asked for.
  Optional<Integer> port() {
    return Optional.ofNullable(port);
  }

  /// As settings.
  Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    if (port != null) {
      settings.put("tidemark.server.port", port);
    }
    return settings;
  }
}
