package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.testing.FilledStore;
import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the functions for any range of time make of their parameters.
class RangeParametersIT {

  private static Instant middle;
  private static FilledStore store;

  @BeforeAll
  static void fill() throws Exception {
    store = new FilledStore();
    middle = Instant.now().minus(Duration.ofDays(6)).truncatedTo(ChronoUnit.SECONDS);
    store.with(new RandomFacts(74, middle, Duration.ofHours(9)).next(400));
    store.forgetMinutes(Duration.ofDays(6));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void cover_anyRange_isWholeAndUsesNoMinutesThatAreGone() {
    AnyRange.around(middle)
        .forEach(range -> {
          List<Object[]> parts =
              store
                  .jdbc()
                  .sql("SELECT grain, segment_start, segment_end FROM rollup_cover(?, ?)")
                  .params(range.from(), range.to())
                  .query((row, number) ->
                      new Object[] {row.getString(1), instant(row, 2), instant(row, 3)})
                  .list();
          Instant reached = range.from().toInstant();
          for (Object[] part : parts) {
            assertThat(part[1]).isEqualTo(reached);
            reached = (Instant) part[2];
            assertThat(reached).isAfter((Instant) part[1]);
            switch ((String) part[0]) {
              case "day" -> assertThat(isWhole(part, ChronoUnit.DAYS)).isTrue();
              case "hour" -> assertThat(isWhole(part, ChronoUnit.HOURS)).isTrue();
              case "minute" -> {
                assertThat(isWhole(part, ChronoUnit.MINUTES)).isTrue();
                assertThat((Instant) part[1]).isAfterOrEqualTo(middle);
              }
              default ->
                  assertThat(Duration.between((Instant) part[1], reached))
                      .isLessThan(Duration.ofHours(1));
            }
          }
          assertThat(reached).isEqualTo(range.to().toInstant());
        });
  }

  @Test
  void functions_otherSearchPath_findTheirTables() throws Exception {
    String call =
        "SELECT %1$s.distinct_people('user_event', NULL, '-infinity', 'infinity'), %1$s.api_latency_percentile(0.5, '-infinity', 'infinity')"
            .formatted(MigratedDatabase.SCHEMA);
    try (Connection connection = store.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL search_path = pg_catalog");
      try (ResultSet row = statement.executeQuery(call)) {
        assertThat(row.next()).isTrue();
        assertThat(row.getLong(1)).isPositive();
        assertThat(row.getDouble(2)).isPositive();
      }
      connection.rollback();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "distinct_people('events', NULL, '-infinity', 'infinity') | fact must be user_event, conversion_funnel,",
        "distinct_people(NULL, NULL, '-infinity', 'infinity') | fact must be user_event, conversion_funnel,",
        "distinct_people('api_response_time', '/api/0', '-infinity', 'infinity') | key must be null",
        "distinct_people('user_event', NULL, NULL, 'infinity') | starts_at and ends_at must not be null",
        "distinct_people('user_event', NULL, '2026-01-02Z', '2026-01-01Z') | starts_at must not be after ends_at",
        "api_latency_percentile(95, '-infinity', 'infinity') | fraction must be from 0 to 1, not 95",
        "api_latency_percentile(NULL, '-infinity', 'infinity') | fraction must be from 0 to 1, not null",
        "api_latency_percentile('NaN', '-infinity', 'infinity') | fraction must be from 0 to 1, not NaN",
        "metric_percentile(0.5, '-infinity', 'infinity', NULL) | metric must not be null",
        "metric_percentile(0.5, 'infinity', '-infinity', 'LCP') | starts_at must not be after ends_at",
        "histogram_merge('{1, 2}'::real[], '{1}'::bigint[]) | as many values as counts"
      })
  void parameter_thatCannotBe_isRefused(String call, String reason) {
    assertThatThrownBy(() -> store.jdbc().sql("SELECT " + call).query(row -> {}))
        .hasMessageContaining(reason);
  }

  @Test
  void range_thatIsEmpty_hasNobody() {
    String now = "SELECT distinct_people('user_event', NULL, now(), now())";
    assertThat(store.database().count(now)).isZero();
    assertThat(store.database().count("SELECT count(api_latency_percentile(0.5, now(), now()))"))
        .isZero();
  }

  private static boolean isWhole(Object[] part, ChronoUnit unit) {
    return Stream.of(part[1], part[2])
        .map(Instant.class::cast)
        .allMatch(end -> end.truncatedTo(unit).equals(end));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
