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
/// @param timeout how long a question may take
/// @param people what is shown to those who may not see who people are
/// @param exports most answers that are sent as rows at the same time, at least 1
/// @param views the names that the views for analysis look for
@ConfigurationProperties(prefix = "tidemark.insight", ignoreUnknownFields = false)
public record InsightProperties(
    List<String> funnelSteps,
    Duration funnelWindow,
    Map<String, Double> engagementWeights,
    Timeout timeout,
    People people,
    int exports,
    ViewNames views) {

  public static final int MOST_FUNNEL_STEPS = 16;
  public static final Duration SHORTEST_FUNNEL_WINDOW = Duration.ofSeconds(1);
  public static final Duration LONGEST_FUNNEL_WINDOW = Duration.ofDays(366);

  /// How long a question may take, with all of its statements, before it is stopped, by what it is
  /// for.
  ///
  /// @param live what a page asks every few seconds
  /// @param dashboard what a page shows
  /// @param analytics what someone waits for
  /// @param export all rows, as CSV, until the last one is sent
  public record Timeout(Duration live, Duration dashboard, Duration analytics, Duration export) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public Timeout {
      for (Duration timeout : List.of(live, dashboard, analytics, export)) {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
          throw new IllegalArgumentException(
              "tidemark.insight.timeout: each must be from PT1S to P1D: " + timeout);
        }
      }
    }
  }

  /// What is shown to those who may not see who people are.
  ///
  /// @param fewest how many people a list must have to be shown, 1 to 1,000
  /// @param openTraits traits that say of nobody who they are
  /// @param personalProperties properties of records that do; `*` at the start or the end of one
  ///   stands for anything
  public record People(int fewest, List<String> openTraits, List<String> personalProperties) {

    private static final int MOST = 1_000;

    public People {
      openTraits = List.copyOf(openTraits);
      personalProperties = List.copyOf(personalProperties);
      if (fewest < 1 || fewest > MOST) {
        throw new IllegalArgumentException(
            "tidemark.insight.people.fewest must be from 1 to 1000: " + fewest);
      }
    }
  }

  /// What the app calls what the views for analysis look for. Several names mean the same.
  ///
  /// @param convertingSteps the funnel step that makes a session successful
  /// @param lastSteps the furthest funnel step, which completes a journey
  /// @param downloadEvents the event of a download
  /// @param shareEvents the event of a share
  /// @param processingMetrics the metric of the time that processing took
  public record ViewNames(
      List<String> convertingSteps,
      List<String> lastSteps,
      List<String> downloadEvents,
      List<String> shareEvents,
      List<String> processingMetrics) {

    public ViewNames {
      convertingSteps = List.copyOf(convertingSteps);
      lastSteps = List.copyOf(lastSteps);
      downloadEvents = List.copyOf(downloadEvents);
      shareEvents = List.copyOf(shareEvents);
      processingMetrics = List.copyOf(processingMetrics);
    }
  }

  public InsightProperties {
    funnelSteps = List.copyOf(funnelSteps);
    engagementWeights = Map.copyOf(engagementWeights);
    if (funnelSteps.size() < 2 || funnelSteps.size() > MOST_FUNNEL_STEPS) {
      throw new IllegalArgumentException(
          "tidemark.insight.funnel-steps must name 2 to %d steps".formatted(MOST_FUNNEL_STEPS));
    }
    if (funnelWindow.compareTo(SHORTEST_FUNNEL_WINDOW) < 0
        || funnelWindow.compareTo(LONGEST_FUNNEL_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "tidemark.insight.funnel-window must be from PT1S to P366D: " + funnelWindow);
    }
    if (exports < 1) {
      throw new IllegalArgumentException("tidemark.insight.exports must be at least 1: " + exports);
    }
  }
}
