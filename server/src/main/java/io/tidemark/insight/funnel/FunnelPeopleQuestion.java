package io.tidemark.insight.funnel;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.Question;
import io.tidemark.platform.ProblemException;
import org.jspecify.annotations.Nullable;

/// Who is behind a step of a funnel.
///
/// @param step its number, from 1
/// @param limit how many people JSON shows, 1 to 1,000; null for 100. Rows are of all
@Schema(description = "The people behind a step of a funnel")
public record FunnelPeopleQuestion(
    @Schema(description = "The funnel, as the question funnel has it") FunnelQuestion funnel,
    @Schema(description = "Number of the step, from 1", example = "2") int step,
    @Schema(description = "Who took the step, or who took the one before and not this one")
        FunnelOutcome outcome,
    @Schema(description = "How many people are shown, 1 to 1,000; default: 100")
        @Nullable Integer limit)
    implements Question {

  private static final int MANY_PEOPLE = 100;
  private static final int MOST_PEOPLE = 1_000;

  public FunnelPeopleQuestion {
    int first = outcome == FunnelOutcome.DROPPED ? 2 : 1;
    if (step < first || step > FunnelRules.MOST_STEPS) {
      throw ProblemException.invalidField(
          "step", "step must be the number of a step, from %d".formatted(first));
    }
    if (limit != null && (limit < 1 || limit > MOST_PEOPLE)) {
      throw ProblemException.invalidField(
          "limit", "limit must be from 1 to %d".formatted(MOST_PEOPLE));
    }
  }

  int shown() {
    return limit == null ? MANY_PEOPLE : limit;
  }
}
