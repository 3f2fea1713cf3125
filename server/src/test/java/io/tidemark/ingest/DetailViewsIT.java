package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.UserEvent;
import io.tidemark.testing.MigratedDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Detail as it is asked for with SQL: rows with numbers, shown with names.
class DetailViewsIT {

  private static final FactOrigin SOMEWHERE =
      new FactOrigin(Facts.AT, null, null, "s", "{\"a\": 1}");
  private static final FactOrigin NOTHING_MORE = new FactOrigin(Facts.AT, null, null, null, null);

  private final MigratedDatabase database = MigratedDatabase.open();

  private final Ingest ingest = new Ingest(database);

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  @Test
  void userEvent_showsWhatWasRecorded() {
    ingest.committed(
        List.of(
            new UserEvent(SOMEWHERE, "view", "/a"), new UserEvent(NOTHING_MORE, "share", null)));

    assertThat(rows("event_type, session_id, page, properties", "user_event"))
        .containsExactlyInAnyOrder("(view,s,/a,\"{\"\"a\"\": 1}\")", "(share,,,)");
  }

  @Test
  void conversionFunnel_showsWhatWasRecorded() {
    ingest.committed(
        List.of(new FunnelStep(SOMEWHERE, "view", "e"), new FunnelStep(NOTHING_MORE, "buy", null)));

    assertThat(rows("step, session_id, effect_id", "conversion_funnel"))
        .containsExactlyInAnyOrder("(view,s,e)", "(buy,,)");
  }

  @Test
  void performanceMetric_sameMetricInSeveralUnits_showsEachWithItsOwn() {
    ingest.committed(
        List.of(
            new MetricSample(SOMEWHERE, "LCP", 1.5, "ms", "/a"),
            new MetricSample(NOTHING_MORE, "LCP", 2.5, "s", null),
            new MetricSample(NOTHING_MORE, "LCP", -3, null, null)));

    assertThat(rows("type, value, unit, session_id, page", "performance_metric"))
        .containsExactlyInAnyOrder("(LCP,1.5,ms,s,/a)", "(LCP,2.5,s,,)", "(LCP,-3,,,)");
    assertThat(database.count("SELECT count(*) FROM performance_metric WHERE unit IS NULL"))
        .isEqualTo(1);
  }

  @Test
  void apiResponseTime_anyStatusAndCacheAnswer_areTakenApart() {
    List<CapturedRecord> calls = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int status = 100; status < 600; status++) {
      calls.add(new ApiCall(NOTHING_MORE, "/a", "GET", status, 1.5, true));
      calls.add(new ApiCall(NOTHING_MORE, "/a", "PUT", status, 0.0, false));
      calls.add(new ApiCall(NOTHING_MORE, "/b", "GET", status, null, null));
      expected.add("(/a,GET,%d,1.5,t)".formatted(status));
      expected.add("(/a,PUT,%d,0,f)".formatted(status));
      expected.add("(/b,GET,%d,,)".formatted(status));
    }

    ingest.committed(calls);

    assertThat(
            rows("endpoint, method, status_code, response_time_ms, cache_hit", "api_response_time"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void longestNames_ofCharactersThatTakeMostBytes_areKept() {
    Random random = new Random(1);
    String endpoint = ideographs(random, 500);
    String method = ideographs(random, 20);

    IngestOutcome.Committed outcome =
        ingest.committed(List.of(new ApiCall(SOMEWHERE, endpoint, method, 200, 1.0, null)));

    assertThat(outcome.refused()).isEmpty();
    assertThat(rows("endpoint, method", "api_response_time"))
        .containsExactly("(%s,%s)".formatted(endpoint, method));
  }

  @Test
  void countOfARange_readsItsMonthByItsIndexAndNoNames() {
    for (String month : List.of("2026-05-15", "2026-06-15", "2026-07-15")) {
      ingest.committed(List.of(Facts.event(month, Instant.parse(month + "T00:00:00Z"))));
    }
    database
        .jdbc()
        .sql(
            """
            INSERT INTO user_event_detail (ts, batch_id, kind_id)
            SELECT timestamptz '2026-06-01Z' + n * interval '10 s', n / 1000, 1 FROM generate_series(1, 200000) AS n
            """)
        .update();
    database.jdbc().sql("VACUUM (ANALYZE) user_event_detail").update();

    String plan =
        plan(
            "SELECT count(*) FROM user_event WHERE ts >= '2026-06-10Z' AND ts < '2026-06-10 00:30Z'");

    assertThat(plan)
        .contains("user_event_detail_2026_06_ts_batch_id_idx")
        .doesNotContain("fact_kind", "Join", "2026_05", "2026_07");
  }

  @Test
  void countOfOneName_joinsNamesOnce() {
    ingest.committed(List.of(new UserEvent(SOMEWHERE, "view", "/a")));

    String plan = plan("SELECT count(*) FROM user_event WHERE event_type = 'view'");

    assertThat(plan).containsOnlyOnce(" on fact_kind").doesNotContain("Left Join");
  }

  private List<String> rows(String columns, String view) {
    return database
        .jdbc()
        .sql("SELECT ROW(%s)::text FROM %s".formatted(columns, view))
        .query(String.class)
        .list();
  }

  private String plan(String sql) {
    return String.join(
        "\n", database.jdbc().sql("EXPLAIN (COSTS OFF) " + sql).query(String.class).list());
  }

  private static String ideographs(Random random, int count) {
    return random
        .ints(count, 0x4E00, 0x9FA5)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
