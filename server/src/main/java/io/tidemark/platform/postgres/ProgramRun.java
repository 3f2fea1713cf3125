package io.tidemark.platform.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that has ended: its exit code and what it said on both of its outputs.
record ProgramRun(int exitCode, String output) {

  private static final int TIMED_OUT = -1;
  private static final int LAST_LINES = 8;

  /// Runs a program to its end, killing it after the timeout.
  ///
  /// The output goes to a file: a server that the program leaves behind would keep a pipe open.
  ///
  /// @throws IOException when the program cannot be started at all
  static ProgramRun run(List<String> command, Duration timeout) throws IOException {
    Path output = Files.createTempFile("tidemark-program-", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      int exitCode = await(process, timeout);
      String said = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
      return new ProgramRun(
          exitCode,
          exitCode == TIMED_OUT ? "no end within " + timeout.toSeconds() + " s\n" + said : said);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /// The end of the output, where programs say what went wrong.
  String lastLines() {
    List<String> lines = output.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private static int await(Process process, Duration timeout) {
    try {
      if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return TIMED_OUT;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while PostgreSQL's programs ran", e);
    }
  }
}
