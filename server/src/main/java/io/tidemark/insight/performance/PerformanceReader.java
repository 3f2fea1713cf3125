package io.tidemark.insight.performance;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.SqlPart;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what is known of endpoints and people. Thread-safe.
final class PerformanceReader {

  /// An endpoint, or a metric.
  record Kind(String name, String qualifier) {}

  /// @param person `user_key`
  /// @param amount of one period
  record Subscription(long person, @Nullable String currency, BigDecimal amount) {}

  private static final int ROWS_AT_ONCE = 10_000;

  private static final String KINDS =
      "/* insight.performance */ SELECT kind_id, name, qualifier FROM fact_kind WHERE fact = 'api_response_time'";

  /// By nearest rank; counting equal times first leaves little to be put in order.
  private static final String P95 =
      """
      /* insight.performance */
      SELECT kind_id, min(response_time_ms)
        FROM (SELECT kind_id, response_time_ms, sum(calls) OVER (PARTITION BY kind_id ORDER BY response_time_ms) AS up_to,
                     sum(calls) OVER (PARTITION BY kind_id) AS calls
                FROM (SELECT kind_id, response_time_ms, count(*) AS calls
                        FROM api_response_time_detail
                       WHERE ts >= ? AND ts < ? AND response_time_ms IS NOT NULL
                       GROUP BY kind_id, response_time_ms) AS time) AS time
       WHERE up_to >= CAST(0.95 AS double precision) * calls
       GROUP BY kind_id
      """;

  /// Those that ran at some time in the range.
  private static final String SUBSCRIPTIONS =
      """
      /* insight.performance */
      SELECT user_key, currency, price
        FROM subscription_period
       WHERE price IS NOT NULL AND starts_at < ? AND ends_at > ?
      """;

  private static final String VALUES_OF_PEOPLE =
      """
      /* insight.performance */
      SELECT user_key, value
        FROM (SELECT user_key, %s AS value FROM app_user AS person WHERE user_key & CAST(? AS bigint) = ?) AS person
       WHERE value IS NOT NULL
      """;

  private final JdbcClient jdbc;

  PerformanceReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Endpoints by number.
  Map<Integer, Kind> readEndpoints() {
    Map<Integer, Kind> kinds = new HashMap<>();
    jdbc.sql(KINDS)
        .query(row -> {
          kinds.put(row.getInt(1), new Kind(row.getString(2), row.getString(3)));
        });
    return kinds;
  }

  /// Milliseconds that 95 % of the calls did not exceed, by endpoint; by nearest rank.
  Map<Integer, Double> readP95(TimeRange range) {
    Map<Integer, Double> p95 = new HashMap<>();
    jdbc.sql(P95)
        .params(range.fromUtc(), range.toUtc())
        .query(row -> {
          p95.put(row.getInt(1), row.getDouble(2));
        });
    return p95;
  }

  /// To be read in a transaction, or all rows are held in memory.
  ///
  /// @param each told of every subscription with a price
  void readSubscriptions(TimeRange range, Consumer<Subscription> each) {
    jdbc.sql(SUBSCRIPTIONS)
        .withFetchSize(ROWS_AT_ONCE)
        .params(range.toUtc(), range.fromUtc())
        .query(row -> {
          each.accept(new Subscription(row.getLong(1), row.getString(2), row.getBigDecimal(3)));
        });
  }

  /// To be read in a transaction, or all rows are held in memory.
  ///
  /// @param each told the value of everyone of the part of whom there is one
  void readValues(Breakdown breakdown, MeasureReader.Part part, ObjLongConsumer<String> each) {
    SqlPart value = breakdown.personValue("person");
    jdbc.sql(VALUES_OF_PEOPLE.formatted(value.sql()))
        .withFetchSize(ROWS_AT_ONCE)
        .params(value.parameters())
        .params((long) part.count() - 1, (long) part.number())
        .query(row -> {
          each.accept(row.getString(2), row.getLong(1));
        });
  }
}
