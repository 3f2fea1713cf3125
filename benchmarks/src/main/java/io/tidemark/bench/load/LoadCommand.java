package io.tidemark.bench.load;

import io.gatling.app.Gatling$;
import io.tidemark.bench.Progress;
import io.tidemark.bench.machine.ClientLimits;
import io.tidemark.bench.server.BenchDatabase;
import io.tidemark.bench.server.BenchServer;
import io.tidemark.bench.server.Conditions;
import io.tidemark.bench.server.DatabaseOptions;
import io.tidemark.bench.server.ServerOptions;
import io.tidemark.bench.server.Shutdown;
import io.tidemark.bench.server.WorkingDirectory;
import io.tidemark.demo.AppVisits;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lets thousands of people use the sample app at the same time.
@Command(
    name = "load",
    description =
        "Let thousands of people use a sample app at the same time, each with a connection that they keep, while"
            + " dashboards are read; tell response times, errors and what the server takes.")
@SuppressWarnings("NullAway.Init") // fields set by picocli
public final class LoadCommand implements Callable<Integer> {

  private static final Logger PREFERENCES_LOG = Logger.getLogger("java.util.prefs");
  private static final int MOST_USERS = 50_000;
  private static final int MOST_MINUTES = 120;
  private static final int MOST_DASHBOARDS = 1_000;
  private static final int ARRIVALS_PER_SECOND = 250;
  private static final int LEAST_RAMP_SECONDS = 5;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions serverOptions;
  @Mixin private DatabaseOptions databaseOptions;

  @Option(
      names = "--users",
      defaultValue = "10000",
      paramLabel = "N",
      description = "People at the same time, up to 50,000 (default: ${DEFAULT-VALUE})")
  private int users;

  @Option(
      names = "--minutes",
      defaultValue = "5",
      paramLabel = "N",
      description =
          "How long they are all there, may be a fraction; up to 120 (default: ${DEFAULT-VALUE})")
  private double minutes;

  @Option(
      names = "--ramp-seconds",
      defaultValue = "0",
      paramLabel = "N",
      description = "How long they take to arrive (default: a second for 250 of them)")
  private int rampSeconds;

  @Option(
      names = "--dashboards",
      defaultValue = "20",
      paramLabel = "N",
      description = "Dashboards kept open meanwhile (default: ${DEFAULT-VALUE})")
  private int dashboards;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "A server that runs, on a loopback address, instead of starting one; needs --secret-key and --read-key."
              + " It keeps the records.")
  private @Nullable URI baseUrl;

  @Option(names = "--secret-key", paramLabel = "KEY", description = "A secret key of that server")
  private @Nullable String secretKey;

  @Option(names = "--read-key", paramLabel = "KEY", description = "A read key of that server")
  private @Nullable String readKey;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    requireUsage();
    List<String> obstacles = ClientLimits.read().obstacles(users + dashboards);
    if (!obstacles.isEmpty()) {
      throw new IllegalStateException(String.join("\n", obstacles));
    }
    Progress progress = new Progress(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    try (Shutdown shutdown = Shutdown.register()) {
      LoadReport report = baseUrl == null ? runOwn(shutdown, progress) : runNamed(progress);
      out.println("\n" + report.text());
      out.flush();
      return report.isFine() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void requireUsage() {
    if (users < 1
        || users > MOST_USERS
        || !(minutes > 0 && minutes <= MOST_MINUTES)
        || rampSeconds < 0
        || rampSeconds > 3_600
        || dashboards < 1
        || dashboards > MOST_DASHBOARDS) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--users must be 1 to 50,000, --minutes up to 120, --ramp-seconds up to 3,600, --dashboards 1 to 1,000");
    }
    if (baseUrl == null) {
      return;
    }
    if (secretKey == null || readKey == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--base-url needs --secret-key and --read-key");
    }
    if (!isLoopback(baseUrl)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--base-url must be http:// and a loopback address with a port, such as http://127.0.0.1:8080");
    }
  }

  private static boolean isLoopback(URI address) {
    try {
      return "http".equals(address.getScheme())
          && address.getHost() != null
          && address.getPort() > 0
          && InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private LoadReport runOwn(Shutdown shutdown, Progress progress)
      throws SQLException, InterruptedException {
    WorkingDirectory directory = shutdown.add(WorkingDirectory.create(serverOptions.directory()));
    progress.tell("starting PostgreSQL and Tidemark in " + directory.path());
    BenchDatabase database = shutdown.add(BenchDatabase.open(databaseOptions, directory.path()));
    Map<String, String> settings =
        Map.of(
            "tidemark.server.max-connections",
            Integer.toString(Math.max(20_000, users + dashboards + 1_000)));
    BenchServer server =
        shutdown.add(BenchServer.start(serverOptions, database, directory, settings));
    server.awaitReady();
    LoadPlan plan =
        plan(
            server.address(),
            server.createKey("load", "secret"),
            server.createKey("dashboards", "read"),
            progress);
    try (ResourceWatch watch =
        ResourceWatch.start(
            database, server.processes(), server.address().getPort(), plan.tally())) {
      run(plan, directory);
      Map<String, String> conditions =
          Conditions.describe(
              directory.fileSystem(), database.readSettings(), serverOptions.describe());
      return new LoadReport(conditions, plan, watch.describe(), server.findEnding());
    }
  }

  private LoadReport runNamed(Progress progress) {
    LoadPlan plan =
        plan(
            Objects.requireNonNull(baseUrl),
            Objects.requireNonNull(secretKey),
            Objects.requireNonNull(readKey),
            progress);
    try (Shutdown own = Shutdown.register()) {
      run(plan, own.add(WorkingDirectory.create(serverOptions.directory())));
    }
    return new LoadReport(Map.of("server", plan.address().toString()), plan, "", Optional.empty());
  }

  private LoadPlan plan(URI address, String secret, String read, Progress progress) {
    Duration ramp =
        Duration.ofSeconds(
            rampSeconds > 0
                ? rampSeconds
                : Math.max(LEAST_RAMP_SECONDS, users / ARRIVALS_PER_SECOND));
    Duration hold = Duration.ofMillis(Math.round(minutes * 60_000));
    Tally tally = new Tally();
    return new LoadPlan(
        address,
        secret,
        read,
        users,
        dashboards,
        ramp,
        hold,
        new AppVisits(Clock.systemUTC(), System.nanoTime()),
        tally,
        new Timetable(ramp, hold, tally, progress));
  }

  /// Returns when it is over. `Gatling.main` would end this JVM; what it calls does not. What
  /// Gatling prints goes to standard error, what it remembers of its user into the run's folder.
  private static void run(LoadPlan plan, WorkingDirectory directory) {
    plan.makeCurrent();
    System.setProperty("java.util.prefs.userRoot", directory.path().toString());
    PREFERENCES_LOG.setLevel(Level.WARNING);
    PrintStream out = System.out;
    System.setOut(System.err);
    try (Timetable _ = plan.timetable()) {
      Gatling$.MODULE$.fromArgs(
          new String[] {
            "--simulation",
            LoadSimulation.class.getName(),
            "--results-folder",
            directory.path().resolve("gatling").toString(),
            "--no-reports"
          });
    } finally {
      System.setOut(out);
    }
  }
}
