package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import io.tidemark.bench.server.BenchDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/// Asks and compares questions.
///
/// @param questions whose times are measured
record QuestionSuite(
    DataSet data,
    BenchDatabase database,
    TidemarkApi api,
    SqlQuestions sql,
    Duration warmUp,
    int rounds,
    Duration longest,
    List<Question> questions,
    Progress progress) {

  private static final String ACTIVE_USERS =
      "SELECT DISTINCT userId FROM UserEvent WHERE timestamp >= ? AND timestamp < ? ORDER BY userId";

  /// Whoever is asked about must have done something in the range of each round.
  private static final Duration ACTIVE_WITHIN = Duration.ofDays(5);

  /// Has Tidemark do its hourly work and vacuums both schemas first.
  DiskUse readDisk() throws SQLException, IOException, InterruptedException {
    new HourlyWork(database, progress).finish();
    SizeReader sizes = new SizeReader(database, progress);
    sizes.vacuum();
    Map<String, Long> records = new HashMap<>();
    for (JsonNode fact : api.readCoverage()) {
      records.put(fact.path("fact").asString(), fact.path("records").asLong());
    }
    return new DiskUse(sizes.read(), records);
  }

  /// @param all whose answers are compared, whatever is measured
  List<Agreement> compare(List<Question> all) throws IOException, SQLException {
    QuestionRun run = run(this::beforeTheEnd, true);
    List<Agreement> agreements = new ArrayList<>();
    for (Question question : all) {
      agreements.add(run.compare(question));
    }
    return agreements;
  }

  /// About ranges that end with the data set, each a minute before the last.
  List<Asked> ask() throws IOException, SQLException {
    return askAll(run(this::beforeTheEnd, true));
  }

  /// About ranges that end now, while more records come. Only Tidemark: the other side gets none of
  /// them, and would take the processors.
  List<Asked> askUpToNow() throws IOException, SQLException {
    return askAll(run(round -> Instant.now(), false));
  }

  private List<Asked> askAll(QuestionRun run) throws IOException, SQLException {
    int round = run.warmUp(questions, warmUp);
    List<Asked> asked = new ArrayList<>();
    for (Question question : questions) {
      asked.add(run.ask(question, round));
    }
    return asked;
  }

  private Instant beforeTheEnd(int round) {
    return data.end().minus(Duration.ofMinutes(round));
  }

  private QuestionRun run(IntFunction<Instant> end, boolean asksReport) throws SQLException {
    QuestionRange active =
        QuestionRange.before(data.end().minus(Duration.ofDays(1)), ACTIVE_WITHIN, "");
    List<String> users =
        sql.ask(ACTIVE_USERS, active).rows().stream()
            .map(row -> String.valueOf(row.getFirst()))
            .toList();
    return new QuestionRun(
        api,
        sql,
        asksReport,
        end,
        users,
        new SplittableRandom(data.seed()),
        rounds,
        longest,
        progress);
  }
}
