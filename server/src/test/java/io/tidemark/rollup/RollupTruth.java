package io.tidemark.rollup;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.record.FactTable;
import io.tidemark.testing.MigratedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Compares every rollup table with what plain Java makes of the detail rows.
final class RollupTruth {

  private static final double[] FRACTIONS = {0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1};

  private record Activity(long userKey, String eventType) {}

  private final MigratedDatabase database;
  private final List<DetailRow> detail;

  private RollupTruth(MigratedDatabase database) {
    this.database = database;
    this.detail = DetailRow.readAll(database);
  }

  static void assertEqualsDetail(MigratedDatabase database) {
    RollupTruth truth = new RollupTruth(database);
    truth.assertCounts(FactTable.USER_EVENT, "event_rollup", "events", "event_type");
    truth.assertCounts(FactTable.CONVERSION_FUNNEL, "funnel_rollup", "completions", "step");
    truth.assertMetrics();
    truth.assertCalls("api_rollup", "endpoint, method", row -> row);
    truth.assertCalls(
        "api_total_rollup", "'' AS endpoint, '' AS method", RollupTruth::withoutEndpoint);
    for (FactTable fact : FactTable.values()) {
      truth.assertPeople(fact);
    }
    truth.assertActivity();
  }

  private void assertCounts(FactTable fact, String table, String count, String key) {
    Map<Place, Long> actual = new HashMap<>();
    database
        .jdbc()
        .sql("SELECT grain, bucket, %s, '', %s FROM %s".formatted(key, count, table))
        .query(row -> {
          actual.put(Place.of(row), row.getLong(5));
        });

    assertThat(actual)
        .as(table)
        .isEqualTo(Place.each(detail, fact).collect(groupingBy(Place.Placed::place, counting())));
  }

  private void assertMetrics() {
    Map<Place, List<DetailRow>> expected = Place.of(detail, FactTable.PERFORMANCE_METRIC);
    Set<Place> seen = new HashSet<>();
    database
        .jdbc()
        .sql(
            """
            SELECT grain, bucket, type, '', samples, total, smallest, largest, unit, p50, p95, p99, sample_values, sample_counts
              FROM metric_rollup
            """)
        .query(row -> {
          List<DetailRow> rows = expected.getOrDefault(Place.of(row), List.of());
          assertThat(row.getLong("samples")).as("%s", Place.of(row)).isEqualTo(rows.size());
          Samples samples = samples(rows);
          samples.assertTotal(row.getDouble("total"));
          assertThat(row.getDouble("smallest")).isCloseTo(samples.sorted().getFirst(), within(0.0));
          assertThat(row.getDouble("largest")).isCloseTo(samples.sorted().getLast(), within(0.0));
          assertThat(row.getString("unit"))
              .isEqualTo(
                  rows.stream()
                      .map(DetailRow::unit)
                      .filter(Objects::nonNull)
                      .max(String::compareTo)
                      .orElse(null));
          samples.assertPercentile(0.50, row.getDouble("p50"));
          samples.assertPercentile(0.95, row.getDouble("p95"));
          samples.assertPercentile(0.99, row.getDouble("p99"));
          assertDistribution(samples, row);
          seen.add(Place.of(row));
        });
    assertThat(seen).isEqualTo(expected.keySet());
  }

  private static DetailRow withoutEndpoint(DetailRow row) {
    return new DetailRow(
        row.fact(),
        row.at(),
        row.userKey(),
        "",
        "",
        row.value(),
        row.status(),
        row.cacheHit(),
        null);
  }

  private void assertCalls(String table, String keys, UnaryOperator<DetailRow> told) {
    Map<Place, List<DetailRow>> expected =
        Place.of(detail.stream().map(told).toList(), FactTable.API_RESPONSE_TIME);
    Set<Place> seen = new HashSet<>();
    database
        .jdbc()
        .sql(
            """
            SELECT grain, bucket, %s, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
                   total_ms, max_ms, p50_ms, p95_ms, p99_ms, latency_values, latency_counts
              FROM %s
            """
                .formatted(keys, table))
        .query(row -> {
          List<DetailRow> rows = expected.getOrDefault(Place.of(row), List.of());
          Samples samples = samples(rows);
          assertThat(numbers(row, 5, 10))
              .as("%s", Place.of(row))
              .containsExactly(
                  (long) rows.size(),
                  (long) samples.sorted().size(),
                  rows.stream().filter(call -> call.status() / 100 == 4).count(),
                  rows.stream().filter(call -> call.status() / 100 == 5).count(),
                  rows.stream().filter(call -> Boolean.TRUE.equals(call.cacheHit())).count(),
                  rows.stream().filter(call -> call.cacheHit() != null).count());
          samples.assertTotal(row.getDouble("total_ms"));
          if (samples.sorted().isEmpty()) {
            assertThat(
                    Arrays.asList(
                        row.getObject(12), row.getObject(13), row.getObject(14), row.getObject(15)))
                .containsOnlyNulls();
          } else {
            assertThat(row.getDouble("max_ms")).isCloseTo(samples.sorted().getLast(), within(0.0));
            samples.assertPercentile(0.50, row.getDouble("p50_ms"));
            samples.assertPercentile(0.95, row.getDouble("p95_ms"));
            samples.assertPercentile(0.99, row.getDouble("p99_ms"));
          }
          assertDistribution(samples, row);
          seen.add(Place.of(row));
        });
    assertThat(seen).isEqualTo(expected.keySet());
  }

  /// The last two columns hold a distribution: values that ascend, as many samples as there are,
  /// and every percentile where it should be.
  private static void assertDistribution(Samples samples, ResultSet row) throws SQLException {
    int columns = row.getMetaData().getColumnCount();
    List<Object> values = Arrays.asList((Object[]) row.getArray(columns - 1).getArray());
    List<Object> counts = Arrays.asList((Object[]) row.getArray(columns).getArray());
    List<Double> spread = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      for (long n = 0; n < (Long) counts.get(i); n++) {
        spread.add(((Float) values.get(i)).doubleValue());
      }
    }
    assertThat(values.stream().map(Float.class::cast)).isSorted().doesNotHaveDuplicates();
    assertThat(spread).hasSameSizeAs(samples.sorted());
    if (!spread.isEmpty()) {
      for (double fraction : FRACTIONS) {
        samples.assertPercentile(fraction, new Samples(spread).percentile(fraction));
      }
    }
  }

  private void assertPeople(FactTable fact) {
    Map<Place, Set<Long>> expected =
        Place.each(detail, fact)
            .filter(each -> each.row().userKey() != null)
            .collect(
                groupingBy(
                    each ->
                        fact == FactTable.API_RESPONSE_TIME
                            ? new Place(each.place().grain(), each.place().bucket(), "", "")
                            : each.place(),
                    mapping(each -> Objects.requireNonNull(each.row().userKey()), toSet())));
    Map<Place, Set<Long>> actual = new HashMap<>();
    database
        .jdbc()
        .sql("SELECT grain, bucket, key, '', chunk, people::text FROM people_rollup WHERE fact = ?")
        .param(fact.tableName())
        .query(row -> {
          String bits = row.getString(6);
          for (int bit = bits.indexOf('1'); bit >= 0; bit = bits.indexOf('1', bit + 1)) {
            actual
                .computeIfAbsent(Place.of(row), _ -> new HashSet<>())
                .add(row.getLong(5) * 32_768 + bit);
          }
        });

    assertThat(actual).as("people of %s", fact).isEqualTo(expected);
  }

  private void assertActivity() {
    Map<Activity, List<Instant>> expected =
        detail.stream()
            .filter(row -> row.fact() == FactTable.USER_EVENT && row.userKey() != null)
            .collect(
                groupingBy(
                    row -> new Activity(Objects.requireNonNull(row.userKey()), row.key()),
                    mapping(DetailRow::at, toList())));
    Map<Long, Instant> latest = new HashMap<>();
    expected.forEach((activity, times) ->
        times.forEach(at ->
            latest.merge(
                activity.userKey(), at, (one, other) -> one.isAfter(other) ? one : other)));
    Set<Activity> seen = new HashSet<>();
    database
        .jdbc()
        .sql("SELECT user_key, event_type, events, last_at FROM person_activity")
        .query(row -> {
          Activity activity = new Activity(row.getLong(1), row.getString(2));
          List<Instant> times = expected.getOrDefault(activity, List.of());
          assertThat(row.getLong(3)).as("%s", activity).isEqualTo(times.size());
          assertThat(row.getObject(4, OffsetDateTime.class).toInstant())
              .isEqualTo(latest.get(activity.userKey()));
          seen.add(activity);
        });
    assertThat(seen).isEqualTo(expected.keySet());
  }

  private static Samples samples(List<DetailRow> rows) {
    return Samples.of(rows.stream().map(DetailRow::value).filter(Objects::nonNull).toList());
  }

  private static List<Long> numbers(ResultSet row, int first, int last) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    for (int column = first; column <= last; column++) {
      numbers.add(row.getLong(column));
    }
    return numbers;
  }
}
