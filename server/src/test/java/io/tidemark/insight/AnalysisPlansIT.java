package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.testing.FilledStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a question to a view asks for reaches what is read for it: of rollups both the packed and
/// the unpacked rows.
class AnalysisPlansIT {

  private static FilledStore store;

  @BeforeAll
  static void fill() throws Exception {
    store = new FilledStore();
    new ViewSettingStore(store.jdbc()).configure(SampleSettings.PROPERTIES);
    List<CapturedRecord> records = new ArrayList<>();
    for (int day = 0; day < 180; day++) {
      Instant at = Instant.parse("2026-01-10T10:00:00Z").plus(Duration.ofDays(day));
      Person person = Person.user("user-" + day % 20);
      FactOrigin origin = new FactOrigin(at, null, person, "session-" + day, null);
      records.add(new FunnelStep(origin, "page_visit", null));
      records.add(new MetricSample(origin, "effect_processing_time", day, "ms", null));
    }
    store.with(records);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void revenueAttribution_oneDay_readsItsPartition() throws Exception {
    List<String> plan = explain("SELECT * FROM revenue_attribution WHERE date = '2026-03-15'");

    assertThat(scans(plan, "conversion_funnel"))
        .isNotEmpty()
        .allMatch(scan -> scan.contains("_2026_03"));
  }

  @Test
  void revenueAttribution_onePerson_readsThatPersonsRows() throws Exception {
    List<String> plan =
        explain(
            "SELECT * FROM revenue_attribution WHERE user_key = 3 AND date >= '2026-03-15' AND date < '2026-04-15'");

    assertThat(scans(plan, "conversion_funnel"))
        .isNotEmpty()
        .allMatch(scan -> scan.contains("user_key = 3") && scan.matches("(?s).*_2026_0[34].*"));
  }

  @Test
  void userJourneyAnalysis_onePerson_readsThatPersonsRows() throws Exception {
    List<String> plan = explain("SELECT * FROM user_journey_analysis WHERE user_key = 3");

    assertThat(scans(plan, "conversion_funnel|performance_metric"))
        .hasSizeGreaterThan(6)
        .allMatch(scan -> scan.contains("user_key = 3"));
  }

  @Test
  void performanceBehaviorCorrelation_oneDay_readsItsSetsAndNoDetail() throws Exception {
    List<String> plan =
        explain("SELECT * FROM performance_behavior_correlation WHERE date = '2026-03-15'");

    assertThat(scans(plan, "people_rollup"))
        .hasSize(4)
        .allMatch(scan -> scan.matches("(?s).*Index Cond: .*bucket = .*"));
    assertThat(scans(plan, "performance_metric|user_event")).isEmpty();
  }

  @Test
  void summaries_oneDay_readItsRows() throws Exception {
    assertThat(
            scans(
                explain("SELECT * FROM funnel_completion_rates WHERE date = '2026-03-15'"),
                "people_rollup"))
        .hasSize(2)
        .allMatch(scan -> scan.matches("(?s).*Index Cond: .*bucket = .*"));
    assertThat(
            scans(
                explain(
                    "SELECT * FROM hourly_performance_summary WHERE hour >= '2026-03-15Z' AND hour < '2026-03-16Z'"),
                "api_rollup"))
        .hasSize(2)
        .allMatch(scan -> scan.matches("(?s).*Index Cond: .*bucket >= .*"));
  }

  @Test
  void questionFromRollups_looksEachSegmentUp() throws Exception {
    Instant end = Instant.parse("2026-05-15T10:30:00Z");
    RangeCover cover =
        RangeCover.of(
            new TimeRange(end.minus(Duration.ofDays(60)), end), Duration.ofDays(365), end);
    String question =
        "SELECT kept.* FROM %s %s"
            .formatted(RangeCover.SEGMENTS, RangeCover.rowsOf("metric_rollup", "type, samples"));
    for (String parameter : cover.parameters()) {
      question = question.replaceFirst("\\?", "'" + parameter + "'");
    }

    assertThat(cover.segments()).hasSize(5);
    assertThat(scans(explain(question), "metric_rollup"))
        .isNotEmpty()
        .allMatch(scan -> scan.matches("(?s).*Index Cond: .*bucket >= segment.starts_at.*"));
  }

  @Test
  void function_wholeDays_readsNoDetail() throws Exception {
    List<String> plan =
        explain("SELECT * FROM people_in('conversion_funnel', NULL, '2026-01-15Z', '2026-05-15Z')");

    assertThat(scans(plan, "conversion_funnel")).isEmpty();
    assertThat(scans(plan, "people_rollup")).isNotEmpty();
  }

  /// The scans of such tables that were executed, each with its conditions.
  private static List<String> scans(List<String> plan, String tables) {
    List<String> scans = new ArrayList<>();
    for (int line = 0; line < plan.size(); line++) {
      if (plan.get(line).matches(".* Scan.* on (" + tables + ")\\w* .*")
          && !plan.get(line).contains("never executed")) {
        StringBuilder scan = new StringBuilder(plan.get(line));
        while (line + 1 < plan.size() && !plan.get(line + 1).contains("->")) {
          scan.append('\n').append(plan.get(++line));
        }
        scans.add(scan.toString());
      }
    }
    return scans;
  }

  /// As for tables so large that it pays not to read them whole.
  private static List<String> explain(String question) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = store.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL max_parallel_workers_per_gather = 0");
      try (ResultSet rows =
          statement.executeQuery(
              "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) " + question)) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
      connection.rollback();
    }
    return plan;
  }
}
