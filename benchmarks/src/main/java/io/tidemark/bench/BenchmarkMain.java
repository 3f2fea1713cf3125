package io.tidemark.bench;

import io.tidemark.bench.ingest.IngestCommand;
import io.tidemark.bench.load.LoadCommand;
import io.tidemark.bench.parse.ParseCommand;
import io.tidemark.bench.questions.QuestionsCommand;
import io.tidemark.bench.server.Shutdown;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/// Entry point of the benchmarks' jar. Exit codes: 0 fine, 1 failed, 2 wrong usage.
@Command(
    name = "tidemark",
    description = "Measures Tidemark.",
    subcommands = {BenchmarkMain.Bench.class, LoadCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class BenchmarkMain implements Runnable {

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  private BenchmarkMain() {}

  /// Numbers look the same everywhere.
  static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(run(arguments));
  }

  /// @return the exit code
  static int run(String[] arguments) {
    CommandLine commands = new CommandLine(new BenchmarkMain());
    addHelp(commands);
    return commands
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> {
          if (!Shutdown.hasBegun()) {
            command.getErr().println("tidemark: " + reason(failure));
          }
          return CommandLine.ExitCode.SOFTWARE;
        })
        .execute(arguments);
  }

  /// To every command, and to those below it.
  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit")
                .build());
    command.getSubcommands().values().forEach(BenchmarkMain::addHelp);
  }

  /// Without a command.
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }

  /// The innermost cause that says something.
  private static String reason(Throwable failure) {
    String text = failure.toString();
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        text = cause.getMessage();
      }
    }
    return text;
  }

  /// The benchmarks that need no load generator of their own.
  @Command(
      name = "bench",
      description = "Run a benchmark.",
      subcommands = {IngestCommand.class, QuestionsCommand.class, ParseCommand.class},
      synopsisSubcommandLabel = "BENCHMARK")
  static final class Bench implements Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    /// Without a benchmark.
    @Override
    public void run() {
      throw new CommandLine.ParameterException(spec.commandLine(), "Which benchmark?");
    }
  }
}
