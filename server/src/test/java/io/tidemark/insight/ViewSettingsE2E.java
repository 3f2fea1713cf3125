package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is configured under `tidemark.insight` is what the views go by, from the next start on.
class ViewSettingsE2E {

  private static final String RECORDS =
      """
      {"type": "user_event", "event_type": "result_share", "user_id": "ada"}
      {"type": "user_event", "event_type": "cheered", "user_id": "ada"}
      {"type": "conversion_funnel", "step": "cheered", "user_id": "ada", "session_id": "s"}
      {"type": "performance_metric", "metric": "render_time", "value": 40, "user_id": "ada"}
      """;

  private final TidemarkServer server =
      TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.1S");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void views_settingsChanged_sayIt() {
    server.post(
        server.key(KeyKind.SECRET),
        "application/x-ndjson",
        RECORDS.getBytes(StandardCharsets.UTF_8));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.database().count("SELECT count(*) FROM batch_part") == 0);
    assertThat(views()).isEqualTo("26 0 - 0 0/1");

    server.restart(
        "tidemark.insight.engagement-weights.result_share=3",
        "tidemark.insight.engagement-weights.cheered=0.5",
        "tidemark.insight.views.converting-steps=cheered, also_cheered",
        "tidemark.insight.views.last-steps=cheered",
        "tidemark.insight.views.download-events=cheered",
        "tidemark.insight.views.share-events=cheered, result_share",
        "tidemark.insight.views.processing-metrics=render_time");
    assertThat(views()).isEqualTo("3.5 1 40 1 1/1");

    server.restart();
    assertThat(views()).isEqualTo("26 0 - 0 0/1");
  }

  private String views() {
    return server
        .database()
        .jdbc()
        .sql(
            """
            SELECT concat_ws(' ', engagement_score, successful_sessions, coalesce(avg_processing_time::text, '-'), journey_completed,
                             concat(downloads, '/', shares))
              FROM user_engagement_scores JOIN user_journey_analysis USING (user_key) JOIN revenue_attribution USING (user_key),
                   performance_behavior_correlation
            """)
        .query(String.class)
        .single();
  }
}
