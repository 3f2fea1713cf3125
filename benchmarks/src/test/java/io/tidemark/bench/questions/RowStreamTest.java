package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bench.rows.ComparedTable;
import io.tidemark.bench.rows.SampleRow;
import io.tidemark.bench.rows.TimedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RowStreamTest {

  private static final DataSet DATA = new DataSet(0.002, 1, Instant.parse("2026-11-22T21:43:00Z"));
  private static final List<TimedRow> ROWS = rows(DATA);

  @Test
  void rows_ofEqualDataSets_areEqual() {
    assertThat(rows(DATA)).isEqualTo(ROWS);
  }

  @Test
  void rows_ofAnotherSeed_areOthers() {
    assertThat(rows(new DataSet(0.002, 2, DATA.end())))
        .doesNotContainAnyElementsOf(ROWS.subList(0, 50));
  }

  @Test
  void rows_comeInTheOrderOfTime_withinTheDays() {
    assertThat(ROWS).isSortedAccordingTo((a, b) -> Long.compare(a.millis(), b.millis()));
    assertThat(ROWS.getFirst().millis()).isGreaterThanOrEqualTo(DATA.start().toEpochMilli());
    assertThat(ROWS.getLast().millis()).isLessThan(DATA.end().toEpochMilli());
  }

  @Test
  void rows_haveIdsOfTheirOwn() {
    Set<UUID> ids = new HashSet<>();
    ROWS.forEach(row -> ids.add(new UUID(row.idHigh(), row.idLow())));

    assertThat(ids).hasSameSizeAs(ROWS).allMatch(id -> id.version() == 4);
  }

  @Test
  void rows_keepTheShares() {
    RowCount count = new RowCount();
    ROWS.forEach(row -> count.add(row.row()));

    assertThat(count.total()).isCloseTo(76_000, Percentage.withPercentage(2));
    assertThat(count.of(ComparedTable.API_RESPONSE_TIME))
        .isCloseTo(40_000, Percentage.withPercentage(3));
    assertThat(count.of(ComparedTable.USER_EVENT)).isCloseTo(20_000, Percentage.withPercentage(3));
    assertThat(count.of(ComparedTable.PERFORMANCE_METRIC))
        .isCloseTo(10_000, Percentage.withPercentage(4));
    assertThat(count.of(ComparedTable.CONVERSION_FUNNEL))
        .isCloseTo(6_000, Percentage.withPercentage(5));
  }

  @Test
  void calls_goTo50EndpointsOfOneMethodEach_popularOnesMost() {
    Map<String, Set<String>> methods = new HashMap<>();
    Map<String, Integer> calls = new HashMap<>();
    for (SampleRow.ApiCall call : of(SampleRow.ApiCall.class)) {
      methods.computeIfAbsent(call.endpoint(), path -> new HashSet<>()).add(call.method());
      calls.merge(call.endpoint(), 1, Integer::sum);
    }

    assertThat(methods).hasSize(50);
    assertThat(methods.values()).allMatch(ofEndpoint -> ofEndpoint.size() == 1);
    assertThat(calls.getOrDefault("/api/effects", 0))
        .isGreaterThan(10 * calls.getOrDefault("/api/notifications/{id}/settings", 1));
  }

  @Test
  void calls_failAndAreCachedAsOftenAsTheyShould() {
    assertThat(share(SampleRow.ApiCall.class, call -> call.statusCode() >= 500))
        .isBetween(0.01, 0.02);
    assertThat(share(SampleRow.ApiCall.class, SampleRow.ApiCall::cacheHit)).isBetween(0.1, 0.4);
  }

  @Test
  void steps_areReachedByFewerEachTime() {
    Map<String, Long> completions =
        of(SampleRow.FunnelStep.class).stream()
            .collect(Collectors.groupingBy(SampleRow.FunnelStep::step, Collectors.counting()));

    assertThat(SampleApp.STEPS.stream().map(completions::get))
        .hasSize(6)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void events_andMetrics_haveTheirTypes() {
    assertThat(of(SampleRow.Event.class).stream().map(SampleRow.Event::eventType).distinct())
        .hasSize(8)
        .contains("result_download", "result_share", "image_upload");
    assertThat(of(SampleRow.Metric.class).stream().map(SampleRow.Metric::metric).distinct())
        .hasSize(5)
        .contains("effect_processing_time");
  }

  @Test
  void people_comeMoreThanOnce() {
    long people = ROWS.stream().map(row -> row.row().userId()).distinct().count();

    assertThat(people).isBetween(150L, (long) DATA.people());
  }

  private static List<TimedRow> rows(DataSet data) {
    List<TimedRow> rows = new ArrayList<>();
    new RowStream(data).forEachRemaining(rows::add);
    return rows;
  }

  private static <T extends SampleRow> List<T> of(Class<T> kind) {
    return ROWS.stream().map(TimedRow::row).filter(kind::isInstance).map(kind::cast).toList();
  }

  private static <T extends SampleRow> double share(Class<T> kind, Predicate<T> which) {
    List<T> rows = of(kind);
    return rows.stream().filter(which).count() / (double) rows.size();
  }
}
