package io.tidemark.cli;

import io.tidemark.capture.accesslog.AccessLogImport;
import io.tidemark.capture.accesslog.ImportEnding;
import io.tidemark.capture.accesslog.ImportListener;
import io.tidemark.capture.accesslog.ImportSession;
import io.tidemark.capture.accesslog.ImportSummary;
import io.tidemark.capture.accesslog.LogInput;
import io.tidemark.capture.accesslog.SummaryText;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Imports a web server's access log. Progress goes to standard error, what became of it to
/// standard output.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Imports a web server's access log: its requests become API calls, what people looked at page views.",
      "Addresses, user agents and referrers are not stored. Importing a log again adds only what is new."
    })
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class ImportCommand implements Callable<Integer> {

  private static final int FINE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private static final String STANDARD_INPUT = "-";
  private static final String COMBINED = "combined";
  private static final Duration BETWEEN_PROGRESS_LINES = Duration.ofSeconds(5);
  private static final long MEGABYTE = 1_000_000;

  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "FILE", description = "The log, plain or gzip; - reads standard input.")
  private String file = STANDARD_INPUT;

  @Option(
      names = "--format",
      defaultValue = COMBINED,
      description = "The format of its lines. Known: combined (of Apache and nginx).")
  private String format = COMBINED;

  @Override
  public Integer call() throws InterruptedException {
    if (!format.equals(COMBINED)) {
      spec.commandLine()
          .getErr()
          .println("Unknown format " + format + ". Known: " + COMBINED + ".");
      return WRONG_USAGE;
    }
    if (!file.equals(STANDARD_INPUT) && !isReadableFile(Path.of(file))) {
      spec.commandLine().getErr().println("There is no file " + file + " that can be read.");
      return WRONG_USAGE;
    }
    try (StopSignal stopSignal = new StopSignal();
        LogInput input = open();
        ImportSession session = ImportConnection.open(server)) {
      AccessLogImport accessLogImport =
          new AccessLogImport(
              session.sink(), session.timePolicy(), session.pseudonymSalt(), clock, Thread::sleep);
      stopSignal.stops(accessLogImport::stop);
      ImportSummary summary = run(accessLogImport, input);
      spec.commandLine()
          .getOut()
          .print(SummaryText.of(summary, session.timePolicy(), file, clock.instant()));
      spec.commandLine().getOut().flush();
      return exitCode(summary);
    } catch (IOException e) {
      spec.commandLine().getErr().println("The log " + file + " cannot be read: " + e.getMessage());
      return FAILED;
    }
  }

  private static boolean isReadableFile(Path path) {
    return Files.isReadable(path) && !Files.isDirectory(path);
  }

  private LogInput open() throws IOException {
    return file.equals(STANDARD_INPUT) ? LogInput.of(System.in) : LogInput.open(Path.of(file));
  }

  private ImportSummary run(AccessLogImport accessLogImport, LogInput input)
      throws InterruptedException {
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
      return accessLogImport.run(input, new ProgressLines(clock, input.totalBytes()));
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Importing")
            .setInitialMax(input.totalBytes().orElse(-1))
            .setUnit(" MB", MEGABYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      return accessLogImport.run(
          input,
          (readBytes, lines) -> {
            bar.stepTo(readBytes);
            bar.setExtraMessage(String.format(Locale.ROOT, "%,d lines", lines));
          });
    }
  }

  private static int exitCode(ImportSummary summary) {
    boolean isAllUnreadable = summary.requests() == 0 && summary.unreadableLines() > 0;
    return summary.ending() instanceof ImportEnding.Complete && !isAllUnreadable ? FINE : FAILED;
  }

  /// Progress where no bar can be drawn: a line every few seconds.
  private static final class ProgressLines implements ImportListener {

    private final InstantSource clock;
    private final OptionalLong totalBytes;
    private Instant due;

    ProgressLines(InstantSource clock, OptionalLong totalBytes) {
      this.clock = clock;
      this.totalBytes = totalBytes;
      this.due = clock.instant().plus(BETWEEN_PROGRESS_LINES);
    }

    @Override
    public void progressed(long readBytes, long lines) {
      if (clock.instant().isBefore(due)) {
        return;
      }
      due = clock.instant().plus(BETWEEN_PROGRESS_LINES);
      String share =
          totalBytes.isPresent()
              ? readBytes * 100 / Math.max(1, totalBytes.getAsLong()) + " %"
              : readBytes / MEGABYTE + " MB";
      System.err.println(String.format(Locale.ROOT, "Importing: %,d lines, %s", lines, share));
    }
  }
}
