package io.tidemark.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/// `tidemark serve` as a process of its own, with the embedded PostgreSQL or another, to be killed.
public final class ServerProcess implements AutoCloseable {

  private static final String MAIN = "io.tidemark.cli.CommandLineMain";
  private static final Pattern RUNNING = Pattern.compile("Tidemark is running at (\\S+)");

  private final Process process;
  private final Path postgres;
  private final URI base;
  private final Queue<String> said;

  private ServerProcess(Process process, Path postgres, URI base, Queue<String> said) {
    this.process = process;
    this.postgres = postgres;
    this.base = base;
    this.said = said;
  }

  /// Returns when it takes requests.
  static ServerProcess start(Path dataDirectory) throws IOException {
    return start(dataDirectory, Map.of());
  }

  /// The same with environment variables of its own.
  ///
  /// @throws IllegalStateException with all it said, if it ended instead
  public static ServerProcess start(Path dataDirectory, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MAIN,
                    "serve",
                    "--port=0",
                    "--data-dir=" + dataDirectory))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Queue<String> said = new ConcurrentLinkedQueue<>();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      Matcher running = RUNNING.matcher(line);
      if (running.find()) {
        follow(output, said);
        return new ServerProcess(
            process, dataDirectory.resolve("postgres"), URI.create(running.group(1)), said);
      }
    }
    throw new IllegalStateException("The server did not start:\n" + String.join("\n", said));
  }

  public URI base() {
    return base;
  }

  /// The database that it works with.
  PGSimpleDataSource database() throws IOException {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl("jdbc:postgresql://127.0.0.1:" + postmaster().get(3).strip() + "/tidemark");
    database.setUser("tidemark");
    database.setPassword(Files.readString(postgres.resolve("password")).strip());
    database.setCurrentSchema("tidemark");
    return database;
  }

  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  void killPostgres() throws IOException {
    long id = Long.parseLong(postmaster().getFirst().strip());
    ProcessHandle.of(id)
        .ifPresent(postmaster -> {
          postmaster.destroyForcibly();
          postmaster.onExit().join();
        });
  }

  /// Sends a signal to the server of the database and all its processes.
  void signalPostgres(String signal) throws IOException, InterruptedException {
    long id = Long.parseLong(postmaster().getFirst().strip());
    ProcessHandle server = ProcessHandle.of(id).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(id)));
    server.descendants().forEach(child -> command.add(Long.toString(child.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  /// What it has written so far: its log too.
  String output() {
    return String.join("\n", said);
  }

  /// Stops both in good order.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private List<String> postmaster() throws IOException {
    return Files.readAllLines(postgres.resolve("cluster/postmaster.pid"));
  }

  /// A process whose output nobody reads would stand still.
  private static void follow(BufferedReader output, Queue<String> said) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
              said.add(line);
            }
          } catch (IOException killed) {
            // Nothing more comes.
          }
        });
  }
}
