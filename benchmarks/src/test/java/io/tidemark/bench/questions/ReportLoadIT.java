package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bench.Progress;
import io.tidemark.bench.questions.DataSetStore.Held;
import io.tidemark.bench.rows.ComparedTable;
import io.tidemark.bench.server.BenchDatabase;
import io.tidemark.bench.server.DatabaseOptions;
import io.tidemark.bench.server.WorkingDirectory;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The report's schema on a real PostgreSQL, with a little of everything in it.
class ReportLoadIT {

  private static final DataSet DATA = new DataSet(0.0005, 1, Instant.parse("2026-11-22T21:43:00Z"));
  private static final QuestionRange ALL = QuestionRange.before(DATA.end(), DataSet.SPAN, "");
  private static final Progress UNTOLD = new Progress(new PrintWriter(Writer.nullWriter()));

  private static final WorkingDirectory DIRECTORY =
      WorkingDirectory.create(Path.of(System.getProperty("java.io.tmpdir")));

  private static BenchDatabase database;
  private static RowCount sent;

  @BeforeAll
  static void load() throws Exception {
    database = BenchDatabase.open(new DatabaseOptions(), DIRECTORY.path());
    sent = new ReportLoad(DATA, database, UNTOLD).load();
  }

  @AfterAll
  static void close() throws Exception {
    database.close();
    DIRECTORY.close();
  }

  @Test
  void load_everyRow_isThere() throws SQLException {
    for (TableSize table : new SizeReader(database, UNTOLD).read()) {
      for (ComparedTable compared : ComparedTable.values()) {
        if (table.holds(compared)) {
          assertThat(table.rows()).isEqualTo(sent.of(compared)).isPositive();
        }
      }
    }
  }

  @Test
  void load_all23IndexesOfTheReport_areThere() throws SQLException {
    assertThat(
            firstColumn(
                "SELECT indexname FROM pg_indexes WHERE schemaname = 'tidemark_bench_report' AND indexname LIKE 'idx\\_%'"))
        .hasSize(23)
        .contains(
            "idx_performance_metrics_type_time",
            "idx_api_response_endpoint_time",
            "idx_conversion_funnel_effect",
            "idx_user_events_user_type",
            "idx_performance_alerts_resolved",
            "idx_user_activity_timestamp",
            "idx_effect_processing_status",
            "idx_effect_popularity");
  }

  @Test
  void questions_inSql_haveAnswers() throws SQLException {
    String user = firstColumn("SELECT userId FROM UserEvent LIMIT 1").getFirst();
    QuestionRange range = new QuestionRange(ALL.from(), ALL.to(), user);
    List<String> statements =
        Questions.all().stream()
            .flatMap(question -> Stream.of(question.reportSql(), question.checkSql()))
            .filter(sql -> sql != null)
            .toList();
    try (SqlQuestions sql = new SqlQuestions(database)) {
      for (String statement : statements) {
        assertThat(sql.ask(statement, range).rows()).isNotEmpty();
      }
    }
  }

  @Test
  void store_remembersWhatWasLoadedWhere() throws SQLException {
    DataSetStore store = new DataSetStore(database);
    assertThat(store.find()).isEmpty();

    store.add(DATA);
    assertThat(store.find()).contains(new DataSetStore.Kept(DATA, Held.NOTHING));

    store.set(Held.HISTORY);
    assertThat(store.find()).contains(new DataSetStore.Kept(DATA, Held.HISTORY));
  }

  private static List<String> firstColumn(String query) throws SQLException {
    try (SqlQuestions sql = new SqlQuestions(database)) {
      return sql.ask(query, ALL).rows().stream()
          .map(row -> String.valueOf(row.getFirst()))
          .toList();
    }
  }
}
