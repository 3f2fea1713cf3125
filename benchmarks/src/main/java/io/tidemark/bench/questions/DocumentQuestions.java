package io.tidemark.bench.questions;

import io.tidemark.bench.questions.Question.Source.Document;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// What is asked with documents. The report has no SQL for it. Revenue is not asked: the report's
/// subscriptions do not say when they began.
final class DocumentQuestions {

  private static final String FIVE_STEPS =
      """
      {"question": "funnel", "from": "{from}", "to": "{to}", "window": "PT24H", "steps": [%s]}
      """
          .formatted(
              SampleApp.STEPS.stream()
                  .limit(5)
                  .map("{\"step\": \"%s\"}"::formatted)
                  .collect(Collectors.joining(", ")));

  private static final Question FUNNEL_OF_A_MONTH =
      document("F30", "funnel of 5 steps, 30 days", 30, FIVE_STEPS, "/steps");

  private static final Question SAVED_FUNNEL =
      new Question(
          "F30 saved",
          "the same, saved",
          Duration.ofDays(30),
          new Document(FIVE_STEPS, "/steps", true),
          null,
          null,
          List.of());

  private static final Question TREND =
      document(
          "Tr30",
          "events and people by day, 30 days",
          30,
          """
          {"question": "trend", "from": "{from}", "to": "{to}", "interval": "day",
           "series": [{"event": "image_upload"}, {"name": "people", "event": "image_upload", "measure": "people"}]}
          """,
          "/lines");

  private static final Question RETENTION =
      document(
          "C5 retain",
          "retention by week, 90 days",
          90,
          """
          {"question": "retention", "from": "{from}", "to": "{to}", "interval": "week"}
          """,
          "/cohorts");

  private static final Question ENGAGEMENT_OF_ALL =
      document(
          "C5 engage",
          "engagement of everyone, over all time",
          90,
          """
          {"question": "engagement", "bounds": [10, 100, {seconds}]}
          """,
          "/people");

  private static final Question SESSIONS_OF_ALL =
      document(
          "C5 sessions",
          "everyone's sessions, 30 days",
          30,
          """
          {"question": "sessions", "from": "{from}", "to": "{to}"}
          """,
          "/series");

  private static final Question PATHS =
      document(
          "C5 paths",
          "what people do around an event, 30 days",
          30,
          """
          {"question": "paths", "from": "{from}", "to": "{to}", "around": {"event": "image_upload"}}
          """,
          "/nodes");

  private static final Question PERFORMANCE =
      document(
          "C5 perform",
          "conversion by the latency met, 30 days",
          30,
          """
          {"question": "performance", "from": "{from}", "to": "{to}", "conversion": {"step": "result_download"}}
          """,
          "/curve");

  private DocumentQuestions() {}

  /// All, in the order in which they are asked.
  static List<Question> all() {
    return List.of(
        FUNNEL_OF_A_MONTH,
        SAVED_FUNNEL,
        TREND,
        RETENTION,
        ENGAGEMENT_OF_ALL,
        SESSIONS_OF_ALL,
        PATHS,
        PERFORMANCE);
  }

  private static Question document(
      String code, String title, int days, String document, String items) {
    return new Question(
        code,
        title,
        Duration.ofDays(days),
        new Document(document, items, false),
        null,
        null,
        List.of());
  }
}
