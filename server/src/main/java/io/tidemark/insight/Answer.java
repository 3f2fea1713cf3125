package io.tidemark.insight;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answers, in the form in which they are sent.
public sealed interface Answer {

  /// Said of every answer by intervals.
  String PARTIAL =
      "Starts of the intervals of which not all is counted, because the range cuts them or because they are not over";

  Freshness freshness();

  record Live(
      long people,
      long peopleWindowSeconds,
      double recordsPerSecond,
      double requestsPerSecond,
      @Schema(description = "Share of requests answered with 500 or above; null without requests")
          @Nullable Double errorRate,
      @Nullable Double p95Ms,
      List<LiveReader.LiveMinute> series,
      Freshness freshness)
      implements Answer {

    static Live of(LiveReader.LiveState state, Freshness freshness) {
      return new Live(
          state.people(),
          state.peopleWindowSeconds(),
          state.recordsPerSecond(),
          state.requestsPerSecond(),
          state.errorRate(),
          state.p95Ms(),
          state.series(),
          freshness);
    }

    /// The same, told some time after it was read.
    public Live toldAt(Instant now) {
      return new Live(
          people,
          peopleWindowSeconds,
          recordsPerSecond,
          requestsPerSecond,
          errorRate,
          p95Ms,
          series,
          Freshness.asOf(freshness.asOf(), now));
    }
  }

  record Endpoints(
      TimeRange range, Freshness freshness, List<ApiPerformanceReader.EndpointLatency> endpoints)
      implements Answer {}

  record Trend(
      TimeRange range,
      Freshness freshness,
      String interval,
      String zone,
      @Schema(description = PARTIAL) List<Instant> partialIntervals,
      List<ApiPerformanceReader.TrendPoint> points)
      implements Answer {}

  record Totals(
      TimeRange range,
      Freshness freshness,
      String interval,
      String zone,
      @Schema(description = PARTIAL) List<Instant> partialIntervals,
      List<ApiTotalReader.TotalPoint> points)
      implements Answer {}

  record Metrics(TimeRange range, Freshness freshness, List<MetricReader.MetricSummary> metrics)
      implements Answer {}

  record FunnelSteps(
      TimeRange range, Freshness freshness, List<StepCompletionReader.StepCompletions> steps)
      implements Answer {}

  record Sessions(
      TimeRange range,
      Freshness freshness,
      @Schema(
              description =
                  "Whether the app named the person; null when nobody of that name is known")
          @Nullable Boolean isKnown,
      List<SessionReader.PersonSession> sessions)
      implements Answer {}

  record Refusals(TimeRange range, Freshness freshness, List<RefusalReader.Refusal> refusals)
      implements Answer {}

  @Schema(description = "Whether the rollups are known to be true")
  record RollupTruth(
      Freshness freshness,
      @Schema(description = "Hours that are waiting to be counted anew from detail")
          long waitingHours,
      @Schema(description = "Differences between rollups and detail that were found and not mended")
          long differences,
      @Schema(description = "The 100 found last") List<RollupTruthReader.KnownDifference> newest)
      implements Answer {}

  record Coverage(Freshness freshness, List<CoverageReader.FactCoverage> facts) implements Answer {}
}
