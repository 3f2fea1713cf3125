package io.tidemark.insight.revenue;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.revenue.RevenueAnswer.Change;
import io.tidemark.insight.revenue.RevenueAnswer.Revenue;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads which subscriptions began, ended and changed. Thread-safe.
final class SubscriptionReader {

  private static final String MOVED =
      """
      /* insight.revenue */
      SELECT currency, count(*), count(DISTINCT user_key), coalesce(sum(price), 0)
        FROM subscription_period
       WHERE %1$s >= ? AND %1$s < ?
       GROUP BY currency
       ORDER BY currency COLLATE "C" NULLS LAST
      """;

  private static final String CHANGES =
      """
      /* insight.revenue */
      SELECT tier_before, tier, currency_before, currency, count(*), coalesce(sum(price_before), 0), coalesce(sum(price), 0)
        FROM subscription_change
       WHERE changed_at >= ? AND changed_at < ?
         AND (tier_before <> tier OR price_before <> price OR currency_before <> currency)
       GROUP BY 1, 2, 3, 4
       ORDER BY 5 DESC, tier_before COLLATE "C", tier COLLATE "C", currency_before COLLATE "C", currency COLLATE "C"
       LIMIT 1000
      """;

  private static final String UNDATED =
      "/* insight.revenue */ SELECT count(*) FROM subscription_period WHERE began_at IS NULL";

  private final JdbcClient jdbc;

  SubscriptionReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Revenue> readBegan(TimeRange range) {
    return readMoved("began_at", range);
  }

  List<Revenue> readEnded(TimeRange range) {
    return readMoved("ends_at", range);
  }

  private List<Revenue> readMoved(String when, TimeRange range) {
    return jdbc.sql(MOVED.formatted(when))
        .param(range.fromUtc())
        .param(range.toUtc())
        .query((row, number) ->
            new Revenue(row.getString(1), row.getLong(2), row.getLong(3), row.getBigDecimal(4)))
        .list();
  }

  List<Change> readChanges(TimeRange range) {
    return jdbc.sql(CHANGES)
        .param(range.fromUtc())
        .param(range.toUtc())
        .query((row, number) ->
            new Change(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getBigDecimal(6),
                row.getBigDecimal(7)))
        .list();
  }

  long readUndated() {
    return jdbc.sql(UNDATED).query(Long.class).single();
  }
}
