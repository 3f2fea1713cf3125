package io.tidemark.bench.questions;

import static io.tidemark.bench.questions.Question.Figure.EXACT;
import static io.tidemark.bench.questions.Question.Figure.MEAN;

import io.tidemark.bench.questions.Question.Source.View;
import java.time.Duration;
import java.util.List;

/// Views that are compared with SQL of the same meaning over the report's schema. The report's own
/// views of these names mean something else: they count rows that joins have multiplied.
final class ViewQuestions {

  private static final Question HOURLY_CALLS =
      new Question(
          "H7 view",
          "calls by hour and endpoint, 7 days: SQL",
          Duration.ofDays(7),
          new View(
              """
              SELECT hour::text, endpoint, request_count, error_count, avg_response_time
                FROM hourly_performance_summary WHERE hour >= ? AND hour < ?
              """),
          null,
          """
          SELECT date_trunc('hour', timestamp)::text, endpoint, COUNT(*), COUNT(*) FILTER (WHERE statusCode >= 500), AVG(responseTime)
            FROM ApiResponseTime WHERE timestamp >= ? AND timestamp < ? GROUP BY 1, 2
          """,
          List.of(EXACT, EXACT, MEAN));

  private static final Question JOURNEYS =
      new Question(
          "C5 journeys",
          "sessions of each person, over all time: SQL",
          DataSet.SPAN,
          new View(
              """
              SELECT user_id, total_sessions, successful_sessions, coalesce(avg_processing_time, -1)
                FROM user_journey_analysis JOIN app_user USING (user_key)
              """),
          null,
          """
          SELECT person.id, COUNT(DISTINCT sessionId), COUNT(DISTINCT sessionId) FILTER (WHERE step IN ('result_download', 'result_downloaded')),
                 COALESCE((SELECT AVG(value) FROM PerformanceMetric WHERE userId = person.id AND type = 'effect_processing_time'), -1)
            FROM "User" AS person LEFT JOIN ConversionFunnel ON userId = person.id GROUP BY person.id
          """,
          List.of(EXACT, EXACT, MEAN));

  private static final Question BEHAVIOR =
      new Question(
          "C5 behavior",
          "metrics and what people did by day, 90 days: SQL",
          DataSet.SPAN,
          new View(
              """
              SELECT date::text, metric_type, downloads, shares, people, avg_performance FROM performance_behavior_correlation
              """),
          null,
          """
          WITH asked (starts_at, ends_at) AS (VALUES (?::timestamptz, ?::timestamptz)),
               measured AS (SELECT timestamp::date AS date, type, userId, COUNT(*) AS samples, SUM(value) AS total
                              FROM PerformanceMetric, asked WHERE timestamp >= starts_at AND timestamp < ends_at GROUP BY 1, 2, 3),
               did AS (SELECT timestamp::date AS date, userId, bool_or(eventType = 'result_download') AS downloaded,
                              bool_or(eventType = 'result_share') AS shared
                         FROM UserEvent, asked WHERE timestamp >= starts_at AND timestamp < ends_at GROUP BY 1, 2)
          SELECT date::text, type, COUNT(*) FILTER (WHERE downloaded), COUNT(*) FILTER (WHERE shared), COUNT(*), SUM(total) / SUM(samples)
            FROM measured LEFT JOIN did USING (date, userId) GROUP BY 1, 2
          """,
          List.of(EXACT, EXACT, EXACT, MEAN));

  private static final Question REVENUE =
      new Question(
          "C5 revenue",
          "each person's journeys, 7 days: SQL",
          Duration.ofDays(7),
          new View(
              """
              SELECT user_id, session_id, journey_start::text, journey_end::text, steps_completed, journey_completed
                FROM revenue_attribution JOIN app_user USING (user_key) WHERE date >= ?::timestamptz::date AND date < ?::timestamptz::date
              """),
          null,
          """
          WITH asked (starts_at, ends_at) AS (VALUES (?::timestamptz, ?::timestamptz))
          SELECT userId, sessionId, MIN(timestamp)::text, MAX(timestamp)::text, COUNT(*), MAX((step IN ('result_share', 'result_shared'))::int)
            FROM ConversionFunnel, asked WHERE timestamp >= starts_at - interval '1 day' AND timestamp < ends_at + interval '1 day'
           GROUP BY userId, sessionId, starts_at, ends_at HAVING MIN(timestamp) >= starts_at AND MIN(timestamp) < ends_at
          """,
          List.of(EXACT, EXACT));

  private ViewQuestions() {}

  /// All, in the order in which they are asked.
  static List<Question> all() {
    return List.of(HOURLY_CALLS, JOURNEYS, BEHAVIOR, REVENUE);
  }
}
