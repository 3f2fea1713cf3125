package io.tidemark.bench.ingest;

import io.tidemark.bench.Progress;
import io.tidemark.bench.machine.ProcessFamily;
import io.tidemark.bench.rows.ReportSchema;
import io.tidemark.bench.server.BenchDatabase;
import io.tidemark.bench.server.BenchServer;
import io.tidemark.bench.server.Conditions;
import io.tidemark.bench.server.DatabaseOptions;
import io.tidemark.bench.server.ServerOptions;
import io.tidemark.bench.server.Shutdown;
import io.tidemark.bench.server.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Compares how fast rows are stored.
@Command(
    name = "ingest",
    description =
        "Compare how fast the same rows are stored: by Tidemark over HTTP, by COPY into a schema with indexes"
            + " and into one without, by single-row INSERT.")
@SuppressWarnings("NullAway.Init") // fields set by picocli
public final class IngestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions serverOptions;
  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private ContenderOptions contenderOptions;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "N",
      description = "How long each contender sends in a round (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds that count, each with every contender (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "Seconds that each contender sends before the first round (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--fill",
      defaultValue = "0",
      paramLabel = "ROWS",
      description =
          "Rows that Tidemark and the report's schema hold before anything is measured (default: ${DEFAULT-VALUE})")
  private long fill;

  @Option(
      names = "--checkpoint",
      description = "Also measure the time after a checkpoint against the steady time before it")
  private boolean withCheckpoint;

  @Option(
      names = "--checkpoint-seconds",
      defaultValue = "25",
      paramLabel = "N",
      description = "How long before and after the checkpoint (default: ${DEFAULT-VALUE})")
  private int checkpointSeconds;

  @Option(
      names = "--smoke",
      description = "One round of a second each: whether it works, about half a minute in all")
  private boolean isSmoke;

  @Option(names = "--json", paramLabel = "FILE", description = "Write every measurement there, too")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    IngestPlan plan = plan();
    contenderOptions.requireBounds();
    try (Shutdown shutdown = Shutdown.register()) {
      IngestReport report = measure(plan, shutdown);
      spec.commandLine().getOut().println("\n" + report.text());
      spec.commandLine().getOut().flush();
      if (json != null) {
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json, report);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private IngestPlan plan() {
    if (seconds < 1 || rounds < 1 || warmUp < 0 || checkpointSeconds < 2 || fill < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--seconds and --rounds must be at least 1, --warm-up and --fill 0, --checkpoint-seconds 2");
    }
    if (isSmoke) {
      return new IngestPlan(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ofSeconds(3));
    }
    return new IngestPlan(
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        rounds,
        Duration.ofSeconds(checkpointSeconds));
  }

  private IngestReport measure(IngestPlan plan, Shutdown shutdown)
      throws IOException, SQLException, InterruptedException {
    Progress progress = new Progress(spec.commandLine().getErr());
    WorkingDirectory directory = shutdown.add(WorkingDirectory.create(serverOptions.directory()));
    progress.tell("starting PostgreSQL and Tidemark in " + directory.path());
    BenchDatabase database = shutdown.add(BenchDatabase.open(databaseOptions, directory.path()));
    Map<String, String> postgres = database.readSettings();
    requireDurable(postgres, directory.fileSystem(), progress);
    BenchServer server =
        shutdown.add(BenchServer.start(serverOptions, database, directory, Map.of()));
    server.awaitReady();
    ReportSchema.create(
        database, ReportSchema.TABLES, ReportSchema.INDEXES, ReportSchema.UNINDEXED_TABLES);
    LongAdder pushedBack = new LongAdder();
    String key = server.createKey("bench", "secret");
    List<Contender> contenders =
        contenderOptions.contenders(database, server.address(), key, pushedBack);
    progress.tell(
        "measuring %d contenders, %d s at least"
            .formatted(contenders.size(), plan.leastTime(contenders.size()).toSeconds()));
    Gauge gauge = new Gauge(database, server.processes(), findProcesses(database, progress));
    try {
      if (fill > 0) {
        Filling filling = new Filling(fill, progress);
        for (Contender filler :
            contenderOptions.fillers(database, server.address(), key, pushedBack)) {
          filling.fill(filler);
        }
      }
      List<Slot> slots = new IngestRun(plan, contenders, gauge, pushedBack, progress).measure();
      return new IngestReport(
          conditions(directory, postgres),
          slots,
          measureCheckpoints(plan, contenders, database, progress));
    } catch (IllegalStateException e) {
      throw server.findEnding().map(ending -> new IllegalStateException(ending)).orElse(e);
    }
  }

  private List<CheckpointRun.Effect> measureCheckpoints(
      IngestPlan plan, List<Contender> contenders, BenchDatabase database, Progress progress)
      throws IOException, SQLException, InterruptedException {
    List<CheckpointRun.Effect> effects = new ArrayList<>();
    if (withCheckpoint) {
      CheckpointRun run = new CheckpointRun(plan, database, progress);
      for (Contender contender : contenders) {
        effects.add(run.measure(contender));
      }
    }
    return effects;
  }

  private Map<String, String> conditions(WorkingDirectory directory, Map<String, String> postgres) {
    Map<String, String> conditions =
        Conditions.describe(directory.fileSystem(), postgres, serverOptions.describe());
    conditions.put("load", contenderOptions.describe());
    conditions.put("filled with", "%,d rows beforehand".formatted(fill));
    return conditions;
  }

  /// Fast and lost is not what is compared.
  private static void requireDurable(
      Map<String, String> postgres, String fileSystem, Progress progress) {
    if (!"on".equals(postgres.get("fsync")) || !"on".equals(postgres.get("synchronous_commit"))) {
      throw new IllegalStateException(
          "This PostgreSQL is not durable: fsync and synchronous_commit must be on");
    }
    if (fileSystem.equals("tmpfs")) {
      progress.tell("the data lies on tmpfs, where a commit waits for no disk; choose with --dir");
    }
  }

  private static Optional<ProcessFamily> findProcesses(BenchDatabase database, Progress progress)
      throws SQLException {
    Optional<ProcessFamily> processes = database.findProcesses();
    if (processes.isEmpty()) {
      progress.tell("PostgreSQL is not on this machine: its CPU time cannot be seen, 0 is shown");
    }
    return processes;
  }
}
