package io.tidemark.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Entry point of the one jar: the launcher's commands. Exit codes: 0 fine, 1 failed, 2 wrong
/// usage.
@Command(
    name = "tidemark",
    description = "Product and performance analytics on plain PostgreSQL.",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      AskCommand.class,
      ImportCommand.class,
      KeyCommand.class,
      RollupCommand.class,
      SignInCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "Tidemark 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class CommandLineMain implements Runnable {

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  private CommandLineMain() {}

  static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /// @return the exit code
  static int run(String[] arguments) {
    return new CommandLine(new CommandLineMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> {
          command.getErr().println("tidemark: " + FailureText.of(failure));
          return CommandLine.ExitCode.SOFTWARE;
        })
        .execute(arguments);
  }

  /// Without a command.
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
