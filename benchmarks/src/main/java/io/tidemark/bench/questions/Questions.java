package io.tidemark.bench.questions;

import static io.tidemark.bench.questions.Question.Figure.EXACT;
import static io.tidemark.bench.questions.Question.Figure.MEAN;
import static io.tidemark.bench.questions.Question.Figure.PERCENTILE;

import io.tidemark.bench.questions.Question.Source.Http;
import io.tidemark.bench.questions.Question.Source.View;
import java.time.Duration;
import java.util.List;

/// What is asked. The SQL is the report's own, with the end of the range as a bound as well, and
/// with its columns as its indexes name them.
final class Questions {

  private static final String RANGE = "WHERE timestamp >= ? AND timestamp < ?";
  private static final String DAY = "(timestamp AT TIME ZONE 'UTC')::date";

  private static final String FUNNEL =
      "SELECT step, COUNT(*) AS completions, COUNT(DISTINCT userId) AS unique_users"
          + " FROM ConversionFunnel "
          + RANGE
          + " GROUP BY step ORDER BY step";

  private static final String DAILY_FUNNEL =
      "SELECT DATE(timestamp) AS date, step, COUNT(*) AS step_completions, COUNT(DISTINCT userId) AS unique_users"
          + " FROM ConversionFunnel "
          + RANGE
          + " GROUP BY DATE(timestamp), step";

  private static final String DAILY_TREND =
      """
      SELECT DATE(timestamp) AS date, AVG(responseTime) AS avg_response_time,
             PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY responseTime) AS p95_response_time,
             PERCENTILE_CONT(0.99) WITHIN GROUP (ORDER BY responseTime) AS p99_response_time,
             COUNT(*) AS total_requests
        FROM ApiResponseTime WHERE timestamp >= ? AND timestamp < ?
       GROUP BY DATE(timestamp)
       ORDER BY date
      """;

  private static final String ENGAGEMENT =
      """
      SELECT userId AS user_id, COUNT(*) AS total_events,
             SUM(CASE WHEN eventType = 'result_download' THEN 20
                      WHEN eventType = 'result_share' THEN 25
                      WHEN eventType = 'image_upload' THEN 10
                      ELSE 1 END) AS engagement_score
        FROM UserEvent
       GROUP BY userId
      """;

  private static final String TREND_CHECK =
      """
      SELECT to_char(date_trunc('hour', timestamp AT TIME ZONE 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), endpoint, COUNT(*),
             AVG(responseTime), PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY responseTime)
        FROM ApiResponseTime WHERE timestamp >= ? AND timestamp < ?
       GROUP BY 1, 2
      """;

  private static final Question METRICS =
      new Question(
          "C1",
          "metrics by type, 1 hour",
          Duration.ofHours(1),
          new Http(
              "metrics?from={from}&to={to}",
              "metrics",
              List.of("metric"),
              List.of("samples", "avg", "p95")),
          "SELECT type, AVG(value) AS avg_value, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY value) AS p95_value, COUNT(*) AS sample_count"
              + " FROM PerformanceMetric "
              + RANGE
              + " GROUP BY type",
          "SELECT type, COUNT(*), AVG(value), PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY value)"
              + " FROM PerformanceMetric "
              + RANGE
              + " GROUP BY type",
          List.of(EXACT, MEAN, PERCENTILE));

  private static final Question STEPS =
      new Question(
          "C2",
          "funnel by step, 24 hours",
          Duration.ofHours(24),
          new Http(
              "funnel-steps?from={from}&to={to}",
              "steps",
              List.of("step"),
              List.of("completions", "people")),
          FUNNEL,
          FUNNEL,
          List.of(EXACT, EXACT));

  private static final Question ORDERED_FUNNEL =
      new Question(
          "C2 ordered",
          "people one step after the other, 24 hours",
          Duration.ofHours(24),
          new Http(
              "funnel?from={from}&to={to}&steps=" + String.join(",", SampleApp.STEPS),
              "steps",
              List.of("step"),
              List.of("converted")),
          null,
          null,
          List.of(EXACT));

  private static final Question SESSIONS =
      new Question(
          "C3",
          "one person's sessions, 7 days",
          Duration.ofDays(7),
          new Http(
              "sessions?user_id={user}&from={from}&to={to}",
              "sessions",
              List.of("session_id", "event_sequence"),
              List.of("events")),
          """
          SELECT sessionId AS session_id, COUNT(*) AS events, MIN(timestamp) AS session_start, MAX(timestamp) AS session_end,
                 ARRAY_AGG(eventType ORDER BY timestamp) AS event_sequence
            FROM UserEvent
           WHERE timestamp >= ? AND timestamp < ? AND userId = ?
           GROUP BY sessionId
           ORDER BY session_start DESC
          """,
          "SELECT sessionId, string_agg(eventType, ',' ORDER BY timestamp), COUNT(*) FROM UserEvent "
              + RANGE
              + " AND userId = ? GROUP BY sessionId",
          List.of(EXACT));

  private static final Question HOURLY_TREND =
      new Question(
          "C4",
          "API trend by hour and endpoint, 24 hours",
          Duration.ofHours(24),
          new Http(
              "api-trend?interval=hour&from={from}&to={to}",
              "points",
              List.of("at", "endpoint"),
              List.of("requests", "avg_ms", "p95_ms")),
          """
          SELECT DATE_TRUNC('hour', timestamp) AS hour, endpoint, AVG(responseTime) AS avg_response_time,
                 PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY responseTime) AS p95_response_time, COUNT(*) AS request_count
            FROM ApiResponseTime WHERE timestamp >= ? AND timestamp < ?
           GROUP BY hour, endpoint
           ORDER BY hour DESC
          """,
          TREND_CHECK,
          List.of(EXACT, MEAN, PERCENTILE));

  private static final Question DAILY_TOTALS =
      new Question(
          "T90",
          "avg, p95, p99 of all calls by day, 90 days",
          DataSet.SPAN,
          new Http(
              "api-totals?interval=day&from={from}&to={to}",
              "points",
              List.of("at"),
              List.of("requests", "avg_ms", "p95_ms", "p99_ms")),
          DAILY_TREND,
          """
          SELECT to_char(date_trunc('day', timestamp AT TIME ZONE 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), COUNT(*), AVG(responseTime),
                 PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY responseTime), PERCENTILE_DISC(0.99) WITHIN GROUP (ORDER BY responseTime)
            FROM ApiResponseTime WHERE timestamp >= ? AND timestamp < ?
           GROUP BY 1
          """,
          List.of(EXACT, MEAN, PERCENTILE, PERCENTILE));

  private static final Question DAILY_TREND_VIEW =
      new Question(
          "T90 view",
          "avg, p95, p99 of all calls by day, 90 days: SQL",
          DataSet.SPAN,
          new View(
              "SELECT date::text, total_requests, avg_response_time, p95_response_time, p99_response_time FROM daily_performance_summary ORDER BY date"),
          DAILY_TREND,
          "SELECT "
              + DAY
              + "::text, COUNT(*), AVG(responseTime), PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY responseTime),"
              + " PERCENTILE_DISC(0.99) WITHIN GROUP (ORDER BY responseTime) FROM ApiResponseTime "
              + RANGE
              + " GROUP BY 1",
          List.of(EXACT, MEAN, PERCENTILE, PERCENTILE));

  private static final Question STEPS_OVER_90_DAYS =
      new Question(
          "D90 nearest",
          "people by step over all of 90 days",
          DataSet.SPAN,
          new Http(
              "funnel-steps?from={from}&to={to}",
              "steps",
              List.of("step"),
              List.of("completions", "people")),
          DAILY_FUNNEL,
          FUNNEL,
          List.of(EXACT, EXACT));

  private static final Question DAILY_STEPS_VIEW =
      new Question(
          "D90 view",
          "people by step and day, 90 days: SQL",
          DataSet.SPAN,
          new View(
              "SELECT date::text, step, step_completions, unique_users FROM funnel_completion_rates"),
          DAILY_FUNNEL,
          "SELECT "
              + DAY
              + "::text, step, COUNT(*), COUNT(DISTINCT userId) FROM ConversionFunnel "
              + RANGE
              + " GROUP BY 1, 2",
          List.of(EXACT, EXACT));

  private static final Question ENGAGEMENT_VIEW =
      new Question(
          "C5 view",
          "engagement of each person, over all time: SQL",
          DataSet.SPAN,
          new View(
              "SELECT user_id, total_events, engagement_score FROM user_engagement_scores JOIN app_user USING (user_key)"),
          ENGAGEMENT,
          ENGAGEMENT,
          List.of(EXACT, EXACT));

  private Questions() {}

  /// All, in the order in which they are asked.
  static List<Question> all() {
    return List.of(
        METRICS,
        STEPS,
        ORDERED_FUNNEL,
        SESSIONS,
        HOURLY_TREND,
        DAILY_TOTALS,
        DAILY_TREND_VIEW,
        STEPS_OVER_90_DAYS,
        DAILY_STEPS_VIEW,
        ENGAGEMENT_VIEW);
  }
}
