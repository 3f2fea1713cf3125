package io.tidemark.insight.performance;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedText;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How conversion goes with the latency, or another metric, that sessions met.
public record PerformanceQuestion(
    @Schema(description = "Start; default: -P7D, the last 7 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of dates in the question; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "What sessions convert with") EventSelector conversion,
    @Schema(
            type = "string",
            description =
                "How long after a session's last call it may still convert, up to P30D; default: PT30M",
            example = "PT30M")
        @Nullable Duration within,
    @Schema(description = "Metric that sessions met; default: response times of the API")
        @Nullable String metric,
    @Schema(
            description =
                "Where one bucket ends and the next begins, ascending, 1 to 50 numbers in ms or the metric's unit; default: 100, 200, 300, 500, 1000, 2000, 5000")
        List<Double> bounds,
    @Schema(description = "above (default) or own_p95") @Nullable SlowRule slow,
    @Schema(description = "What slow calls take longer than, in ms; default: 1000")
        @Nullable Double slowMs,
    @Schema(
            description =
                "Tells strata apart: by a property as events and calls of the session said it last, or by what is known of the person")
        @Nullable Breakdown breakdown)
    implements Question {

  private static final int MOST_BOUNDS = 50;
  private static final int LONGEST_NAME = 200;
  private static final List<Double> BOUNDS =
      List.of(100.0, 200.0, 300.0, 500.0, 1_000.0, 2_000.0, 5_000.0);
  private static final Duration WITHIN = Duration.ofMinutes(30);
  private static final Duration LONGEST_WITHIN = Duration.ofDays(30);
  private static final double SLOW_MS = 1_000;

  public PerformanceQuestion {
    within = within == null ? WITHIN : within;
    if (within.isNegative() || within.compareTo(LONGEST_WITHIN) > 0) {
      throw ProblemException.invalidField("within", "within must be from PT0S to P30D");
    }
    metric = metric == null ? null : AskedText.checked("metric", metric, LONGEST_NAME);
    bounds = bounds.isEmpty() ? BOUNDS : ascending(bounds);
    slow = slow == null ? SlowRule.ABOVE : slow;
    slowMs = slowMs == null ? SLOW_MS : slowMs;
    if (!(slowMs >= 0) || slowMs.isInfinite()) {
      throw ProblemException.invalidField("slow_ms", "slow_ms must be a number from 0");
    }
    if (breakdown != null) {
      breakdown.requireOf(new EventSelector(null, null, List.of()));
    }
  }

  private static List<Double> ascending(List<Double> bounds) {
    boolean isAscending = bounds.size() <= MOST_BOUNDS;
    for (int place = 0; isAscending && place < bounds.size(); place++) {
      Double bound = bounds.get(place);
      isAscending =
          bound != null && Double.isFinite(bound) && (place == 0 || bounds.get(place - 1) < bound);
    }
    if (!isAscending) {
      throw ProblemException.invalidField(
          "bounds", "bounds must be 1 to %d ascending numbers".formatted(MOST_BOUNDS));
    }
    return List.copyOf(bounds);
  }

  Duration convertsWithin() {
    return Objects.requireNonNull(within);
  }

  boolean isSlowByP95() {
    return slow == SlowRule.OWN_P95;
  }

  double slowAboveMillis() {
    return Objects.requireNonNull(slowMs);
  }
}
