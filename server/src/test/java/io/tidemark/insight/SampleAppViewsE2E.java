package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.demo.SampleHistory;
import io.tidemark.testing.TidemarkServer;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With nothing configured, the views have something to say of the sample app.
class SampleAppViewsE2E {

  private static TidemarkServer server;

  @BeforeAll
  static void fill() throws Exception {
    server = TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.1S");
    new SampleHistory(server.base(), server.key(KeyKind.SECRET), InstantSource.system())
        .send(Duration.ofDays(3), 6_000, (sent, total) -> {});
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.database().count("SELECT count(*) FROM batch_part") == 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_journey_analysis WHERE conversion_rate > 0 AND avg_processing_time > 0",
        "user_journey_analysis WHERE subscription_tier IS NOT NULL AND total_sessions > 0",
        "performance_behavior_correlation WHERE downloads > shares AND shares > 0",
        "revenue_attribution WHERE journey_completed = 1 AND steps_completed > 4",
        "revenue_attribution WHERE revenue_value > 0",
        "user_engagement_scores WHERE engagement_score > 2 * total_events",
        "funnel_completion_rates WHERE unique_users > 1",
        "daily_performance_summary WHERE p99_response_time > p95_response_time",
        "hourly_performance_summary WHERE avg_response_time > 0"
      })
  void view_ofTheSampleApp_hasRows(String rows) {
    assertThat(server.database().count("SELECT count(*) FROM " + rows)).isPositive();
  }
}
