package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Compares how long questions take.
@Command(
    name = "questions",
    description =
        "Compare how long questions about 90 days of data take: of Tidemark over HTTP, and in SQL of the schema that it"
            + " replaces. Also whether both say the same, and what each takes on disk.")
@SuppressWarnings("NullAway.Init") // fields set by picocli
public final class QuestionsCommand implements Callable<Integer> {

  /// Some months have less than 90 days before them in a period of three months, and a data set
  /// that is kept grows old.
  private static final Map<String, String> SERVER_SETTINGS =
      Map.of(
          "tidemark.retention.performance-metric", "P2Y",
          "tidemark.retention.api-response-time", "P2Y",
          "tidemark.retention.user-event", "P2Y");

  private static final List<Question> ALL =
      Stream.of(Questions.all(), ViewQuestions.all(), DocumentQuestions.all())
          .flatMap(List::stream)
          .toList();

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions serverOptions;
  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private DataOptions dataOptions;

  @Option(
      names = "--rounds",
      defaultValue = "100",
      paramLabel = "N",
      description = "How often each question is asked of both (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--longest",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description =
          "After that long a question is not asked again, but three times at least (default: ${DEFAULT-VALUE})")
  private int longestSeconds;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description =
          "How long Tidemark is asked all of them before anything is measured (default: ${DEFAULT-VALUE})")
  private int warmUpSeconds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CODE",
      description =
          "Measure only questions whose code begins so, such as C1,T90 (default: all); the answers to all are compared")
  private @Nullable List<String> only;

  @Option(
      names = "--load",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Records a second that are sent to Tidemark while questions are asked; they are then asked up to now (default: ${DEFAULT-VALUE})")
  private int load;

  @Option(names = "--json", paramLabel = "FILE", description = "Write every measurement there, too")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    requireBounds();
    try (Shutdown shutdown = Shutdown.register()) {
      QuestionsReport report = measure(shutdown);
      spec.commandLine().getOut().println("\n" + report.text());
      spec.commandLine().getOut().flush();
      if (json != null) {
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json, report);
      }
      return report.isSame() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private QuestionsReport measure(Shutdown shutdown)
      throws IOException, SQLException, InterruptedException {
    Progress progress = new Progress(spec.commandLine().getErr());
    WorkingDirectory directory = shutdown.add(dataOptions.directory(serverOptions.directory()));
    progress.tell("starting PostgreSQL in " + directory.path());
    BenchDatabase database =
        shutdown.add(
            directory.isKept()
                ? BenchDatabase.openKept(databaseOptions, directory.path())
                : BenchDatabase.open(databaseOptions, directory.path()));
    DataLoad data = new DataLoad(database, progress);
    DataSet set = data.prepare(dataOptions);
    progress.tell("starting Tidemark");
    BenchServer server =
        shutdown.add(BenchServer.start(serverOptions, database, directory, SERVER_SETTINGS));
    server.awaitReady();
    String key = server.createKey("bench-" + System.currentTimeMillis(), "secret");
    try (TidemarkApi api = new TidemarkApi(server.address(), key);
        SqlQuestions sql = new SqlQuestions(database)) {
      data.loadTidemark(set, server.address(), key, api);
      RollupWork loading = api.readRollupWork();
      QuestionSuite suite =
          new QuestionSuite(
              set,
              database,
              api,
              sql,
              Duration.ofSeconds(warmUpSeconds),
              rounds,
              Duration.ofSeconds(longestSeconds),
              questions(),
              progress);
      DiskUse disk = suite.readDisk();
      List<Agreement> agreements = suite.compare(ALL);
      Map<String, String> conditions =
          Conditions.describe(
              directory.fileSystem(), database.readSettings(), serverOptions.describe());
      conditions.put("data", set.describe());
      conditions.put(
          "warm-up", "all questions asked of Tidemark in turn for %d s".formatted(warmUpSeconds));
      if (loading.records() > 0) {
        conditions.put("loading", loading.describe());
      }
      if (load == 0) {
        return new QuestionsReport(conditions, suite.ask(), agreements, disk);
      }
      new DataSetStore(database).set(DataSetStore.Held.MORE);
      try (SteadyLoad steady = SteadyLoad.start(set, server.address(), key, load)) {
        api.awaitNewRecords(new Pace(progress, "waiting for the first new records"));
        RollupWork before = api.readRollupWork();
        List<Asked> asked = suite.askUpToNow();
        conditions.put(
            "meanwhile",
            "%,d records/s were to be sent to Tidemark, %,.0f were"
                .formatted(load, steady.perSecond()));
        conditions.put("rollups", api.readRollupWork().since(before).describe());
        return new QuestionsReport(conditions, asked, agreements, disk);
      }
    } catch (IllegalStateException e) {
      throw server.findEnding().map(ending -> new IllegalStateException(ending)).orElse(e);
    }
  }

  private List<Question> questions() {
    List<String> codes = only;
    return ALL.stream()
        .filter(question ->
            codes == null || codes.stream().anyMatch(code -> question.code().startsWith(code)))
        .toList();
  }

  private void requireBounds() {
    if (rounds < 1
        || longestSeconds < 1
        || warmUpSeconds < 0
        || load < 0
        || load > 1_000_000
        || questions().isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--rounds and --longest must be at least 1, --warm-up at least 0, --load 0 to 1,000,000, and --only must name questions: "
              + ALL.stream().map(Question::code).toList());
    }
    dataOptions.requireBounds();
  }
}
