package io.tidemark.insight;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What the questions need to know of the app.
///
/// @param funnelSteps the steps of the funnel, in order: 2 to 16
/// @param funnelWindow how long after the first step the others may follow, up to 366 days
/// @param engagementWeights what an event counts for in the engagement score, by event type
@ConfigurationProperties(prefix = "tidemark.insight", ignoreUnknownFields = false)
public record InsightProperties(
    List<String> funnelSteps, Duration funnelWindow, Map<String, Double> engagementWeights) {

  public InsightProperties {
    funnelSteps = List.copyOf(funnelSteps);
    engagementWeights = Map.copyOf(engagementWeights);
    if (funnelSteps.size() < 2 || funnelSteps.size() > FunnelQuestion.MOST_STEPS) {
      throw new IllegalArgumentException(
          "tidemark.insight.funnel-steps must name 2 to %d steps"
              .formatted(FunnelQuestion.MOST_STEPS));
    }
    if (funnelWindow.compareTo(FunnelQuestion.SHORTEST_WINDOW) < 0
        || funnelWindow.compareTo(FunnelQuestion.LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "tidemark.insight.funnel-window must be from PT1S to P366D: " + funnelWindow);
    }
  }
}
