package io.tidemark.cli;

import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import io.tidemark.demo.HistoryOutcome;
import io.tidemark.demo.SampleHistory;
import io.tidemark.demo.SampleVisitors;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the server with the traffic of a sample app: history made quickly, then people who come and
/// go.
@Command(
    name = "demo",
    description = "Run the server with the lively traffic of a sample app, in a folder of its own.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class DemoCommand implements Callable<Integer> {

  private static final String KEY_NAME = "demo";

  /// As busy as the visitors who come then, so that the live part of the page is full from the
  /// start.
  private static final Duration LAST_HOUR = Duration.ofHours(1);

  private static final int LAST_HOUR_RECORDS = 60_000;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private ListenOptions listen;

  @Option(
      names = "--days",
      defaultValue = "30",
      paramLabel = "DAYS",
      description = "Days of history to make, 1 to 80 (default: ${DEFAULT-VALUE})")
  private int days;

  @Option(
      names = "--records",
      defaultValue = "250000",
      paramLabel = "N",
      description = "About how many records of history (default: ${DEFAULT-VALUE})")
  private int records;

  @Option(
      names = "--visitors",
      defaultValue = "40",
      paramLabel = "N",
      description = "People at the same time, 1 to 1000 (default: ${DEFAULT-VALUE})")
  private int visitors;

  @Override
  public Integer call() throws InterruptedException {
    requireBounds();
    RunningServer running = RunningServer.startDemo(server, listen);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        """

        Tidemark is running at %s
        Sign in once with this link, within 15 minutes:
          %s
        Another link: ./tidemark sign-in --data-dir %s

        """,
        running.localAddress(), running.signInLink(), server.demoDirectory());
    out.flush();
    String key = freshKey(running.part(KeyStore.class));
    sendHistory(running.localAddress(), key, out);
    try (SampleVisitors people =
        new SampleVisitors(running.localAddress(), key, Clock.systemUTC(), visitors)) {
      people.start();
      out.printf("%d people are using the sample app now. Stop with Ctrl-C.%n", visitors);
      out.flush();
      running.awaitClose();
    }
    return 0;
  }

  private void requireBounds() {
    if (days < 1
        || days > 80
        || records < 1_000
        || records > 20_000_000
        || visitors < 1
        || visitors > 1_000) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--days must be from 1 to 80, --records from 1,000 to 20,000,000, --visitors from 1 to 1,000");
    }
  }

  /// A key is shown once, when it is made; so each start makes its own and revokes the last one.
  private static String freshKey(KeyStore keys) {
    keys.revoke(KEY_NAME);
    return switch (keys.create(KEY_NAME, KeyKind.SECRET)) {
      case CreateKeyOutcome.Created(String key) -> key;
      case CreateKeyOutcome.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }

  /// Its records have ids that follow from their time, so that what is there already is recognised.
  private void sendHistory(URI address, String key, PrintWriter out) throws InterruptedException {
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Sample history")
            .setUnit(" records", 1)
            .setInitialMax(records)
            .setUpdateIntervalMillis(500)
            .build()) {
      SampleHistory history = new SampleHistory(address, key, Clock.systemUTC());
      HistoryOutcome outcome =
          history.send(
              Duration.ofDays(days),
              records,
              (sent, total) -> {
                bar.maxHint(total);
                bar.stepTo(sent);
              });
      history.send(LAST_HOUR, LAST_HOUR_RECORDS, (sent, total) -> {});
      bar.stepTo(outcome.sent());
      bar.pause();
      out.printf(
          "%nHistory of %d days: %,d records stored, %,d were there already.%n",
          days, outcome.accepted(), outcome.duplicates());
    }
  }
}
