package io.tidemark.insight.funnel;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.InsightProperties;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who took these steps one after the other.
///
/// @param from null for the last 30 days
/// @param to null for now
/// @param steps 1 to 16; none for the configured ones
/// @param window from the first step; null for the configured one
/// @param strict whether nothing may come between the steps; null for no
@Schema(description = "Who took these steps one after the other, the first within the range")
public record FunnelQuestion(
    @Schema(description = "Start; default: -P30D, the last 30 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Time zone of the answer; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "Who takes the steps; default: person") @Nullable FunnelUnit unit,
    @Schema(description = "1 to 16 steps, in order; default: tidemark.insight.funnel-steps")
        List<EventSelector> steps,
    @Schema(
            type = "string",
            description = "How long after the first step; default: tidemark.insight.funnel-window",
            example = "PT24H")
        @Nullable Duration window,
    @Schema(description = "Whether nothing else may come between the steps; default: false")
        @Nullable Boolean strict,
    @Schema(description = "What must not come between them, at most 8")
        List<FunnelExclusion> exclude,
    @Schema(description = "Tells the answer apart by what is known at the first step")
        @Nullable Breakdown breakdown)
    implements Question {

  public FunnelQuestion {
    if (steps.size() > FunnelRules.MOST_STEPS || steps.stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalidField(
          "steps", "steps must have 1 to %d steps".formatted(FunnelRules.MOST_STEPS));
    }
    steps = List.copyOf(steps);
    if (window != null
        && (window.compareTo(InsightProperties.SHORTEST_FUNNEL_WINDOW) < 0
            || window.compareTo(InsightProperties.LONGEST_FUNNEL_WINDOW) > 0)) {
      throw ProblemException.invalidField("window", "window must be from PT1S to P366D");
    }
    if (exclude.size() > FunnelRules.MOST_EXCLUSIONS
        || exclude.stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalidField(
          "exclude", "exclude must have at most %d entries".formatted(FunnelRules.MOST_EXCLUSIONS));
    }
    exclude = List.copyOf(exclude);
    if (breakdown != null && !steps.isEmpty()) {
      breakdown.requireOf(steps.getFirst());
    }
  }

  /// The same question with nothing left to settings.
  FunnelQuestion completed(List<EventSelector> configuredSteps, Duration configuredWindow) {
    FunnelQuestion completed =
        new FunnelQuestion(
            from,
            to,
            zone,
            unit == null ? FunnelUnit.PERSON : unit,
            steps.isEmpty() ? configuredSteps : steps,
            window == null ? configuredWindow : window,
            strict != null && strict,
            exclude,
            breakdown);
    completed.requireExclusionsWithin();
    return completed;
  }

  private void requireExclusionsWithin() {
    for (int place = 0; place < exclude.size(); place++) {
      if (!exclude.get(place).fits(steps.size())) {
        throw ProblemException.invalidField(
            "exclude[%d].before".formatted(place),
            "after and before must be two of the %d steps".formatted(steps.size()));
      }
    }
  }
}
