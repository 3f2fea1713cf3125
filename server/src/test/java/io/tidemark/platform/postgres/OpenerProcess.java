package io.tidemark.platform.postgres;

import io.tidemark.testing.TestDirectories;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Another JVM that opens a directory, says so, and closes it when its input ends.
final class OpenerProcess implements AutoCloseable {

  private static final String OPENED = "opened ";

  private final Process process;
  private final String jdbcUrl;

  private OpenerProcess(Process process, String jdbcUrl) {
    this.process = process;
    this.jdbcUrl = jdbcUrl;
  }

  static void main(String[] arguments) throws IOException {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.open(
            Path.of(arguments[0]), TestDirectories.binaries(), PostgresSettings.disposable())) {
      System.out.println(OPENED + postgres.connection().jdbcUrl());
      while (System.in.read() >= 0) {}
    }
  }

  static OpenerProcess start(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    OpenerProcess.class.getName(),
                    directory.toString()))
            .redirectErrorStream(true)
            .start();
    StringBuilder said = new StringBuilder();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(OPENED)) {
        return new OpenerProcess(process, line.substring(OPENED.length()));
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("The other process did not open the directory:\n" + said);
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Lets the process close the directory and end.
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
