package io.tidemark.cli;

import io.tidemark.rollup.HourRange;
import io.tidemark.rollup.RollupDifference;
import io.tidemark.rollup.RollupRebuild;
import io.tidemark.rollup.RollupVerification;
import io.tidemark.rollup.WorkListener;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares the rollups with detail and counts them anew, beside a running server or without one.
/// Progress goes to standard error, what was found to standard output.
@Command(
    name = "rollup",
    description = "Compare the rollups with detail, or count them anew from it.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class RollupCommand implements Runnable {

  private static final int HOURS_OF_CLOCKS_AHEAD = 25;

  @Spec private CommandSpec spec;

  /// The range to work on.
  static final class RangeOptions {

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description =
            "A date or time (UTC unless it says otherwise): 2026-03-01, 2026-03-01T12:00Z; widened to whole hours. Default: all there is")
    private @Nullable String from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "The first moment after it. Default: now")
    private @Nullable String to;

    /// Null for all there is.
    private @Nullable HourRange range(CommandSpec spec) {
      if (from == null && to == null) {
        return null;
      }
      Instant start = from == null ? Instant.EPOCH : instant("--from", from, spec);
      Instant end =
          to == null
              ? Instant.now().plusSeconds(HOURS_OF_CLOCKS_AHEAD * 3600L)
              : instant("--to", to, spec);
      if (!start.isBefore(end)) {
        throw new CommandLine.ParameterException(spec.commandLine(), "--from must be before --to");
      }
      return HourRange.around(start, end);
    }

    private static Instant instant(String option, String text, CommandSpec spec) {
      try {
        return text.length() == "2026-03-01".length()
            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            option
                + " must be a date or a time with its offset, such as 2026-03-01 or 2026-03-01T12:00Z: "
                + text);
      }
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which of verify and rebuild?");
  }

  @Command(
      name = "verify",
      description = {
        "Compare rollups with detail and name each difference; changes neither.",
        "Exit code 1 when they differ or it was stopped."
      },
      mixinStandardHelpOptions = true)
  int verify(@Mixin RangeOptions options, @Mixin ServerOptions server) throws SQLException {
    HourRange range = options.range(spec);
    RollupVerification.Verdict verdict =
        with(
            server,
            "Comparing",
            " days",
            (installation, progress) ->
                installation.getBean(RollupVerification.class).verify(range, progress));
    print(verdict);
    return verdict.isWhole() && verdict.differences() == 0
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(
      name = "rebuild",
      description = {
        "Count rollups anew from detail. The intake goes on, answers stay right.",
        "Stopped, it leaves what is not done as it was. Hours without detail are left alone."
      },
      mixinStandardHelpOptions = true)
  int rebuild(@Mixin RangeOptions options, @Mixin ServerOptions server) throws SQLException {
    HourRange range = options.range(spec);
    boolean isDone =
        with(
            server,
            "Counting",
            " hours",
            (installation, progress) ->
                installation.getBean(RollupRebuild.class).rebuild(range, progress));
    out()
        .println(
            isDone ? "The rollups are counted anew." : "Stopped. What was not done is as it was.");
    out().flush();
    return isDone ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(ConfigurableApplicationContext installation, WorkListener progress) throws SQLException;
  }

  private static <T> T with(ServerOptions server, String task, String unit, Work<T> work)
      throws SQLException {
    try (StopSignal stop = new StopSignal();
        ConfigurableApplicationContext installation = Installation.openForWriting(server);
        ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(1_000)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()) {
      return work.run(
          installation,
          (done, total) -> {
            bar.maxHint(total);
            bar.stepTo(done);
            return !stop.isGiven();
          });
    }
  }

  private void print(RollupVerification.Verdict verdict) {
    for (RollupDifference difference : verdict.told()) {
      out()
          .printf(
              "%s %s %s %s: %s is %s, detail says %s%n",
              difference.rollup(),
              difference.grain() == null ? "" : difference.grain(),
              difference.bucket() == null ? "" : difference.bucket(),
              difference.key(),
              difference.column(),
              difference.kept() == null ? "missing" : difference.kept(),
              difference.expected() == null ? "nothing" : difference.expected());
    }
    out()
        .printf(
            Locale.ROOT,
            "%,d rows of detail compared: %s%s%s%n",
            verdict.rows(),
            verdict.differences() == 0
                ? "no differences"
                : "%,d differences".formatted(verdict.differences()),
            verdict.skippedHours() == 0
                ? ""
                : "; %,d hours are being counted anew and were left out"
                    .formatted(verdict.skippedHours()),
            verdict.isWhole() ? "" : "; stopped before the end");
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
