package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.FilledStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The functions for any range of time say what detail says, wherever the range begins and ends,
/// and also where rollups by the minute are gone. Half of the records are older than these, and
/// some of those came later than minutes were deleted.
class RangeFunctionsIT {

  private static final Duration SPAN = Duration.ofDays(12);
  private static final Duration MINUTES_KEPT = Duration.ofDays(6);
  private static final double[] FRACTIONS = {0.001, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999};

  private static Instant middle;
  private static FilledStore store;

  @BeforeAll
  static void fill() throws Exception {
    Instant start = Instant.now().minus(SPAN).truncatedTo(ChronoUnit.SECONDS);
    middle = start.plus(SPAN.dividedBy(2));
    store = new FilledStore();
    store.jdbc().sql("ALTER TABLE app_user ALTER COLUMN user_key RESTART WITH 4060").update();
    store.with(new RandomFacts(71, start, SPAN).next(9_000));
    store.forgetMinutes(MINUTES_KEPT);
    store.with(new RandomFacts(73, start, SPAN).next(2_000));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "user_event, event_type, event page_view",
        "user_event, event_type, NULL",
        "conversion_funnel, step, step image_upload",
        "performance_metric, type, metric Ünïcode 'x'",
        "performance_metric, type, NULL",
        "api_response_time, endpoint, NULL"
      },
      quoteCharacter = '"',
      nullValues = "NULL")
  void people_anyRange_areThoseOfDetail(String fact, String column, @Nullable String key) {
    String detail =
        """
        SELECT DISTINCT user_key FROM %s
         WHERE user_key IS NOT NULL AND ts >= ? AND ts < ? AND (?::text IS NULL OR %s = ?)
        """
            .formatted(fact, column);
    AnyRange.around(middle)
        .forEach(range -> {
          List<Long> expected = keys(detail, range.from(), range.to(), key, key);

          assertThat(
                  keys(
                      "SELECT user_key FROM people_in(?, ?, ?, ?)",
                      fact,
                      key,
                      range.from(),
                      range.to()))
              .as("%s", range)
              .containsExactlyInAnyOrderElementsOf(expected);
          assertThat(
                  keys("SELECT distinct_people(?, ?, ?, ?)", fact, key, range.from(), range.to()))
              .as("%s", range)
              .containsExactly((long) expected.size());
        });
  }

  @ParameterizedTest
  @CsvSource(
      value = {"/api/0", "/api/7", "NULL"},
      nullValues = "NULL")
  void apiLatencyPercentile_anyRange_isThatOfDetail(@Nullable String endpoint) {
    AnyRange.around(middle)
        .forEach(range -> {
          for (double fraction : FRACTIONS) {
            assertWithinOnePercent(
                "SELECT api_latency_percentile(?, ?, ?, ?)",
                """
                SELECT least(percentile_disc(?) WITHIN GROUP (ORDER BY response_time_ms), 1e30) FROM api_response_time
                 WHERE ts >= ? AND ts < ? AND endpoint = coalesce(?, endpoint) HAVING count(response_time_ms) > 0
                """,
                fraction,
                range.from(),
                range.to(),
                endpoint);
          }
        });
  }

  @Test
  void metricPercentile_anyRange_isThatOfDetail() {
    AnyRange.around(middle)
        .forEach(range -> {
          for (double fraction : FRACTIONS) {
            assertWithinOnePercent(
                "SELECT metric_percentile(?, ?, ?, ?)",
                """
                SELECT percentile_disc(?) WITHIN GROUP (ORDER BY greatest(-1e30, least(value, 1e30))) FROM performance_metric
                 WHERE ts >= ? AND ts < ? AND type = ?
                """,
                fraction,
                range.from(),
                range.to(),
                "metric page_view");
          }
        });
  }

  private static void assertWithinOnePercent(
      String function, String detail, @Nullable Object... parameters) {
    Double exact = number(detail, parameters);
    Double told = number(function, parameters);
    if (exact == null || told == null) {
      assertThat(told).isEqualTo(exact);
      return;
    }
    assertThat(Math.abs(told - exact))
        .as("%s instead of %s for %s", told, exact, Arrays.toString(parameters))
        .isLessThanOrEqualTo(Math.abs(exact) * 0.010_001 + 1e-30);
  }

  /// Null as the function has it for a range without samples, or no row.
  private static @Nullable Double number(String sql, @Nullable Object... parameters) {
    return store
        .jdbc()
        .sql(sql)
        .params(parameters)
        .query((row, number) -> {
          double value = row.getDouble(1);
          return row.wasNull() ? List.<Double>of() : List.of(value);
        })
        .list()
        .stream()
        .flatMap(List::stream)
        .findAny()
        .orElse(null);
  }

  private static List<Long> keys(String sql, @Nullable Object... parameters) {
    return store.jdbc().sql(sql).params(parameters).query(Long.class).list();
  }
}
