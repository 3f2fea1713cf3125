package io.tidemark.insight;

import io.tidemark.insight.AnalysisOracle.Behavior;
import io.tidemark.insight.AnalysisOracle.Journey;
import io.tidemark.insight.AnalysisOracle.Revenue;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the views for analysis say.
record AnalysisViews(JdbcClient jdbc) {

  private static final String JOURNEYS =
      """
      SELECT user_key, total_sessions, successful_sessions, conversion_rate, avg_processing_time
        FROM user_journey_analysis
      """;

  private static final String BEHAVIORS =
      """
      SELECT date, metric_type, avg_performance, downloads, shares, people FROM performance_behavior_correlation
      """;

  private static final String REVENUES =
      """
      SELECT user_key, session_id, journey_start, journey_end, steps_completed, journey_completed, subscription_tier, revenue_value, date
        FROM revenue_attribution
      """;

  List<Journey> journeys() {
    return jdbc.sql(JOURNEYS)
        .query((row, number) ->
            new Journey(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getObject(4, Double.class),
                row.getObject(5, Double.class)))
        .list();
  }

  List<Behavior> behaviors() {
    return jdbc.sql(BEHAVIORS)
        .query((row, number) ->
            new Behavior(
                row.getObject(1, LocalDate.class),
                row.getString(2),
                row.getDouble(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6)))
        .list();
  }

  List<Revenue> revenues() {
    return revenues("true");
  }

  /// @param which a condition
  List<Revenue> revenues(String which) {
    return jdbc.sql(REVENUES + " WHERE " + which)
        .query((row, number) ->
            new Revenue(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getLong(5),
                row.getInt(6),
                row.getString(7),
                row.getBigDecimal(8),
                row.getObject(9, LocalDate.class)))
        .list();
  }
}
