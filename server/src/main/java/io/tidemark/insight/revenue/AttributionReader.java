package io.tidemark.insight.revenue;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.revenue.RevenueAnswer.Revenue;
import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.SqlPart;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what led to the subscriptions that began in a range. Thread-safe.
final class AttributionReader {

  /// @param rank from 1; 0 for all values together that are not shown
  record Row(int rank, @Nullable String value, Revenue revenue) {}

  private static final String ATTRIBUTED =
      """
      /* insight.revenue */
      WITH begun AS MATERIALIZED (
        SELECT subscription_id, user_key, tier, coalesce(price, 0) AS price, currency, began_at
          FROM subscription_period
         WHERE began_at >= ? AND began_at < ?
      ), told AS (
        SELECT user_key, price, currency, value
          FROM begun LEFT JOIN (%s) AS touch USING (subscription_id)
      ), ranked AS (
        SELECT value, row_number() OVER (ORDER BY count(*) DESC, value COLLATE "C" NULLS LAST) AS place
          FROM told
         GROUP BY value
      ), shown AS (
        SELECT value, CASE WHEN place <= ? THEN place ELSE 0 END AS rank FROM ranked
      )
      SELECT rank, CASE WHEN rank > 0 THEN told.value END AS value, currency, count(*), count(DISTINCT user_key), sum(price)
        FROM told JOIN shown ON coalesce(told.value, '') = coalesce(shown.value, '') AND (told.value IS NULL) = (shown.value IS NULL)
       GROUP BY 1, 2, 3
       ORDER BY nullif(rank, 0) NULLS LAST, currency COLLATE "C" NULLS LAST
      """;

  private static final String TIER = "SELECT subscription_id, tier AS value FROM begun";

  /// Of several at the same instant the first by value.
  private static final String TOUCH =
      """
      SELECT DISTINCT ON (subscription_id) subscription_id, value
        FROM (SELECT subscription_id, fact.ts, %s AS value %s AND %s) AS said
       WHERE value IS NOT NULL
       ORDER BY subscription_id, ts %s, value COLLATE "C"
      """;

  private static final String JOURNEY =
      """
      SELECT subscription_id, string_agg(name, ' > ' ORDER BY first_at, name COLLATE "C") AS value
        FROM (SELECT subscription_id, kind_id, min(fact.ts) AS first_at %s GROUP BY subscription_id, kind_id) AS taken
             JOIN fact_kind USING (kind_id)
       GROUP BY subscription_id
      """;

  private static final String BEFORE =
      """
      FROM begun JOIN %s AS fact ON fact.user_key = begun.user_key
       WHERE fact.ts >= ? AND fact.ts < ? AND fact.ts <= began_at AND fact.ts >= began_at - make_interval(secs => ?)
      """;

  private static final String STEPS = DetailTable.CONVERSION_FUNNEL.detail();

  private final JdbcClient jdbc;

  AttributionReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// By rank, others last, then by currency.
  List<Row> read(RevenueQuestion question, TimeRange range) {
    SqlPart touch = touch(question, range);
    List<Object> parameters = new ArrayList<>();
    parameters.add(range.fromUtc());
    parameters.add(range.toUtc());
    parameters.addAll(touch.parameters());
    parameters.add(question.said().shown());
    return jdbc.sql(ATTRIBUTED.formatted(touch.sql()))
        .params(parameters)
        .query((row, number) ->
            new Row(
                row.getInt(1),
                row.getString(2),
                new Revenue(
                    row.getString(3), row.getLong(4), row.getLong(5), row.getBigDecimal(6))))
        .list();
  }

  private static SqlPart touch(RevenueQuestion question, TimeRange range) {
    OffsetDateTime start =
        new TimeRange(range.from().minus(question.looksBack()), range.to()).fromUtc();
    List<Object> bounds =
        List.of(start, range.toUtc(), (double) question.looksBack().toMillis() / 1_000);
    return switch (question.attributedTo()) {
      case TIER -> SqlPart.of(TIER);
      case JOURNEY -> new SqlPart(JOURNEY.formatted(BEFORE.formatted(STEPS)), bounds);
      case EFFECT ->
          new SqlPart(
              TOUCH.formatted(
                  "fact.effect_id", BEFORE.formatted(STEPS), SqlPart.TRUE.sql(), "DESC"),
              bounds);
      case FIRST_TOUCH -> touch(question, bounds, "ASC");
      case LAST_TOUCH -> touch(question, bounds, "DESC");
    };
  }

  private static SqlPart touch(RevenueQuestion question, List<Object> bounds, String order) {
    SqlPart value = question.said().value("fact");
    SqlPart condition = question.touches().condition("fact");
    List<Object> parameters = new ArrayList<>(value.parameters());
    parameters.addAll(bounds);
    parameters.addAll(condition.parameters());
    return new SqlPart(
        TOUCH.formatted(
            value.sql(),
            BEFORE.formatted(question.touches().table().detail()),
            condition.sql(),
            order),
        parameters);
  }
}
