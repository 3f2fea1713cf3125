package io.tidemark.cli;

import io.tidemark.access.ApiKey;
import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes, lists and revokes keys.
@Command(
    name = "key",
    description = "Make, list and revoke the keys that programs use.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class KeyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which of create, list and revoke?");
  }

  @Command(
      name = "create",
      description = "Make a key and print it, for the only time.",
      mixinStandardHelpOptions = true)
  int create(
      @Parameters(
              paramLabel = "NAME",
              description = "1 to 64 letters, digits, dots, dashes, underscores")
          String name,
      @Option(
              names = "--kind",
              required = true,
              paramLabel = "KIND",
              description =
                  "write: may record, may be public; secret: may record anything, ask and see who people are; read: may ask; people: may ask and see who people are")
          KeyKind kind,
      @Mixin ServerOptions server) {
    return with(
        server,
        keys ->
            switch (keys.create(name, kind)) {
              case CreateKeyOutcome.Created(String key) -> {
                out().println(key);
                yield CommandLine.ExitCode.OK;
              }
              case CreateKeyOutcome.Refused(String reason) -> {
                spec.commandLine().getErr().println("tidemark: " + reason);
                yield CommandLine.ExitCode.SOFTWARE;
              }
            });
  }

  @Command(name = "list", description = "List the keys.", mixinStandardHelpOptions = true)
  int list(@Mixin ServerOptions server) {
    return with(
        server,
        keys -> {
          out().printf("%-24s %-8s %-12s %s%n", "NAME", "KIND", "LAST USED", "STATE");
          for (ApiKey key : keys.list()) {
            out()
                .printf(
                    "%-24s %-8s %-12s %s%n",
                    key.name(),
                    key.kind().word(),
                    key.lastUsedOn() == null ? "never" : key.lastUsedOn(),
                    key.isRevoked() ? "revoked" : "good");
          }
          return CommandLine.ExitCode.OK;
        });
  }

  @Command(
      name = "revoke",
      description = "Make a key useless, within ten seconds on servers that run.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Parameters(paramLabel = "NAME", description = "As it was created") String name,
      @Mixin ServerOptions server) {
    return with(
        server,
        keys -> {
          if (keys.revoke(name)) {
            return CommandLine.ExitCode.OK;
          }
          spec.commandLine().getErr().println("tidemark: There is no good key named " + name);
          return CommandLine.ExitCode.SOFTWARE;
        });
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static int with(ServerOptions server, ToIntFunction<KeyStore> work) {
    try (ConfigurableApplicationContext installation = Installation.open(server)) {
      return work.applyAsInt(
          new KeyStore(installation.getBean("question", DataSource.class), Clock.systemUTC()));
    }
  }
}
