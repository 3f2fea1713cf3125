package io.tidemark.bench.server;

import io.tidemark.bench.machine.ProcessFamily;
import io.tidemark.platform.postgres.PostgresConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A Tidemark server as a process of its own, on a loopback port. Closing ends it.
public final class BenchServer implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final long STOP_PATIENCE_SECONDS = 40;
  private static final long KEY_PATIENCE_SECONDS = 60;
  private static final int SHOWN_LOG_LINES = 15;

  private final Process process;
  private final URI address;
  private final Path log;
  private final ServerOptions options;
  private final Map<String, String> environment;

  private BenchServer(
      Process process,
      URI address,
      Path log,
      ServerOptions options,
      Map<String, String> environment) {
    this.process = process;
    this.address = address;
    this.log = log;
    this.options = options;
    this.environment = environment;
  }

  /// Starts it; {@link #awaitReady} tells when it takes requests.
  ///
  /// @param settings beside those that the user gave, which win
  public static BenchServer start(
      ServerOptions options,
      BenchDatabase database,
      WorkingDirectory directory,
      Map<String, String> settings) {
    PostgresConnection postgres = database.address();
    Map<String, String> environment = new TreeMap<>();
    environment.put("TIDEMARK_DATABASE_URL", postgres.jdbcUrl());
    environment.put("TIDEMARK_DATABASE_USERNAME", postgres.username());
    environment.put("TIDEMARK_DATABASE_PASSWORD", postgres.password());
    environment.put("TIDEMARK_DATABASE_SCHEMA", BenchDatabase.SCHEMA);
    environment.put("TIDEMARK_DATA_DIR", directory.path().resolve("server").toString());
    environment.put("TIDEMARK_SERVER_ADDRESS", "127.0.0.1");
    settings.forEach((name, value) -> environment.put(variable(name), value));
    options.settings().forEach((name, value) -> environment.put(variable(name), value));
    int port = freePort();
    environment.put("TIDEMARK_SERVER_PORT", Integer.toString(port));
    Path log = directory.path().resolve("server.log");
    List<String> command = java();
    command.addAll(options.javaOptions());
    command.addAll(List.of("-jar", options.jar().toString(), "serve"));
    try {
      Process process =
          prepare(command, environment)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new BenchServer(
          process, URI.create("http://127.0.0.1:" + port), log, options, environment);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the server: " + e.getMessage(), e);
    }
  }

  /// Returns when it takes records.
  ///
  /// @throws IllegalStateException when it ends instead, or takes more than two minutes
  public void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest health =
          HttpRequest.newBuilder(address.resolve("/actuator/health"))
              .timeout(Duration.ofSeconds(5))
              .build();
      while (!isHealthy(http, health)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException("The server did not start. It said:\n" + lastLines());
        }
        Thread.sleep(100);
      }
    }
  }

  /// Makes a key with the server's own command.
  ///
  /// @param kind `write`, `secret` or `read`
  public String createKey(String name, String kind) throws InterruptedException {
    List<String> command = java();
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            options.jar().toString(),
            "key",
            "create",
            name,
            "--kind",
            kind));
    try {
      Process maker =
          prepare(command, environment).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String key =
          new String(maker.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!maker.waitFor(KEY_PATIENCE_SECONDS, TimeUnit.SECONDS)
          || maker.exitValue() != 0
          || key.isEmpty()) {
        throw new IllegalStateException("The server's command `key create` made no key");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a key: " + e.getMessage(), e);
    }
  }

  public URI address() {
    return address;
  }

  public ProcessFamily processes() {
    return new ProcessFamily(process.pid());
  }

  /// Why it ended by itself; empty while it runs.
  public Optional<String> findEnding() {
    if (process.isAlive()) {
      return Optional.empty();
    }
    return Optional.of(
        "The server ended by itself, with exit code %d. It said:\n%s"
            .formatted(process.exitValue(), lastLines()));
  }

  /// What it printed and logged last.
  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isHealthy(HttpClient http, HttpRequest health) throws InterruptedException {
    try {
      return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /// The user's own settings of Tidemark are not what is measured.
  private static ProcessBuilder prepare(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("TIDEMARK_"));
    builder.environment().putAll(environment);
    return builder;
  }

  private static List<String> java() {
    return new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
  }

  private static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port: " + e.getMessage(), e);
    }
  }
}
