package io.tidemark.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs the server until it is told to stop.
@Command(
    name = "serve",
    description =
        "Run the server until Ctrl-C, with the embedded PostgreSQL or the one in TIDEMARK_DATABASE_URL.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private ListenOptions listen;

  @Override
  public Integer call() throws InterruptedException {
    RunningServer running = RunningServer.start(server, listen);
    spec.commandLine()
        .getOut()
        .printf(
            """

            Tidemark is running at %s
            Sign in once with this link, within 15 minutes:
              %s
            Another link: ./tidemark sign-in · A key for your app: ./tidemark key create NAME --kind write
            Stop with Ctrl-C.

            """,
            running.localAddress(), running.signInLink());
    running.awaitClose();
    return 0;
  }
}
