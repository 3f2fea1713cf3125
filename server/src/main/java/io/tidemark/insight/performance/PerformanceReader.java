package io.tidemark.insight.performance;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.performance.PersonRecords.Measure;
import io.tidemark.insight.performance.PersonRecords.Subscription;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.SqlPart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what people met and did, one person after the other. Thread-safe.
///
/// Sessions of clients are told apart by a hash of 64 bits of their name: shorter to sort, and
/// never mistaken within one person.
final class PerformanceReader {

  /// An endpoint, or a metric.
  record Kind(String name, String qualifier) {}

  private static final int SUBSCRIPTION = 0;
  private static final int VALUE = 1;
  private static final int MEASURE = 2;
  private static final int CONVERSION = 3;
  private static final int ROWS_AT_ONCE = 10_000;

  /// Of nobody, each session of a client is one by itself, below zero.
  private static final String WHO =
      "coalesce(fact.user_key, hashtextextended(fact.session_id, 0) | (1::bigint << 63)) AS who";

  private static final String IS_KNOWN =
      "(fact.user_key IS NOT NULL OR fact.session_id IS NOT NULL)";

  private static final String RECORDS =
      """
      /* insight.performance */
      SELECT who, what, ts, session, met, kind_id, value, price
        FROM (SELECT %1$s, %2$d AS what, ts, hashtextextended(fact.session_id, 0) AS session, fact.%3$s AS met, kind_id,
                     %4$s AS value, NULL::numeric AS price
                FROM %5$s AS fact
               WHERE ts >= ? AND ts < ? AND fact.%3$s IS NOT NULL AND %6$s AND %7$s
              UNION ALL
              SELECT %1$s, %8$d, ts, NULL, NULL, NULL, NULL, NULL
                FROM %9$s AS fact
               WHERE ts >= ? AND ts < ? AND %6$s AND %10$s
              %11$s) AS record
       ORDER BY who, ts, what, value COLLATE "C" NULLS FIRST
      """;

  private static final String VALUES_OF_EVENTS =
      """
      UNION ALL
      SELECT %s, %d, ts, NULL, NULL, NULL, value, NULL
        FROM (SELECT user_key, session_id, ts, %s AS value FROM user_event_detail AS fact WHERE ts >= ? AND ts < ?) AS fact
       WHERE value IS NOT NULL AND %s
      """;

  private static final String VALUES_OF_PEOPLE =
      """
      UNION ALL
      SELECT user_key, %d, CAST(? AS timestamptz), NULL, NULL, NULL, value, NULL
        FROM (SELECT user_key, %s AS value FROM app_user AS fact) AS person
       WHERE value IS NOT NULL
      """;

  /// Those that ran at some time in the range.
  private static final String SUBSCRIPTIONS =
      """
      UNION ALL
      SELECT user_key, %d, CAST(? AS timestamptz), NULL, NULL, NULL, currency, price
        FROM subscription
       WHERE price IS NOT NULL AND (started_at IS NULL OR started_at < ?)
         AND coalesce(ended_at, CASE WHEN upper(status) <> 'ACTIVE' THEN described_at END, 'infinity') > ?
      """;

  private static final String OF_METRIC =
      "fact.kind_id IN (SELECT kind_id FROM fact_kind WHERE fact = 'performance_metric' AND name = ?)";

  private static final String KINDS =
      "/* insight.performance */ SELECT kind_id, name, qualifier FROM fact_kind WHERE fact = 'api_response_time'";

  private static final String P95 =
      """
      /* insight.performance */
      SELECT kind_id, percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms)
        FROM api_response_time_detail
       WHERE ts >= ? AND ts < ? AND response_time_ms IS NOT NULL
       GROUP BY kind_id
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
  /// @param each told of everyone, one after the other
  void read(PerformanceQuestion question, TimeRange range, Consumer<PersonRecords> each) {
    SqlPart records = records(question, range);
    var people =
        new Object() {
          private @Nullable PersonRecords open;
          private long who;
        };
    jdbc.sql(records.sql())
        .withFetchSize(ROWS_AT_ONCE)
        .params(records.parameters())
        .query(row -> {
          PersonRecords person = people.open;
          if (person == null || people.who != row.getLong(1)) {
            if (person != null) {
              each.accept(person);
            }
            people.who = row.getLong(1);
            person = new PersonRecords(people.who >= 0);
            people.open = person;
          }
          add(person, row);
        });
    if (people.open != null) {
      each.accept(people.open);
    }
  }

  private static void add(PersonRecords person, ResultSet row) throws SQLException {
    int what = row.getInt(2);
    if (what == SUBSCRIPTION) {
      person.add(new Subscription(row.getString(7), row.getBigDecimal(8)));
      return;
    }
    long at = ChronoUnit.MICROS.between(Instant.EPOCH, row.getObject(3, OffsetDateTime.class));
    if (what == CONVERSION) {
      person.addConversion(at);
      return;
    }
    String value = row.getString(7);
    if (value != null) {
      person.addValue(at, value);
    }
    if (what == MEASURE) {
      long session = row.getLong(4);
      Long named = row.wasNull() ? null : session;
      person.add(new Measure(at, named, row.getDouble(5), row.getInt(6)));
    }
  }

  private static SqlPart records(PerformanceQuestion question, TimeRange range) {
    String metric = question.metric();
    Breakdown breakdown = question.breakdown();
    SqlPart conversion = question.conversion().condition("fact");
    SqlPart value =
        breakdown == null || breakdown.property() == null
            ? SqlPart.of("NULL::text")
            : breakdown.value("fact");
    SqlPart others = others(breakdown, metric, range);
    List<Object> parameters = new ArrayList<>(value.parameters());
    parameters.add(range.fromUtc());
    parameters.add(range.toUtc());
    if (metric != null) {
      parameters.add(metric);
    }
    parameters.add(range.fromUtc());
    parameters.add(new TimeRange(range.from(), range.to().plus(question.convertsWithin())).toUtc());
    parameters.addAll(conversion.parameters());
    parameters.addAll(others.parameters());
    return new SqlPart(
        RECORDS.formatted(
            WHO,
            MEASURE,
            metric == null ? "response_time_ms" : "value",
            value.sql(),
            metric == null ? "api_response_time_detail" : "performance_metric_detail",
            IS_KNOWN,
            metric == null ? "TRUE" : OF_METRIC,
            CONVERSION,
            question.conversion().table().detail(),
            conversion.sql(),
            others.sql()),
        parameters);
  }

  private static SqlPart others(
      @Nullable Breakdown breakdown, @Nullable String metric, TimeRange range) {
    StringBuilder sql = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    if (metric == null) {
      sql.append(SUBSCRIPTIONS.formatted(SUBSCRIPTION));
      parameters.addAll(List.of(range.fromUtc(), range.toUtc(), range.fromUtc()));
    }
    if (breakdown != null) {
      SqlPart value = breakdown.value("fact");
      if (breakdown.ofPerson()) {
        sql.append(VALUES_OF_PEOPLE.formatted(VALUE, value.sql()));
        parameters.add(range.fromUtc());
        parameters.addAll(value.parameters());
      } else {
        sql.append(VALUES_OF_EVENTS.formatted(WHO, VALUE, value.sql(), IS_KNOWN));
        parameters.addAll(value.parameters());
        parameters.add(range.fromUtc());
        parameters.add(range.toUtc());
      }
    }
    return new SqlPart(sql.toString(), parameters);
  }
}
