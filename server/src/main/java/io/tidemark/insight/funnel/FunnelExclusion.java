package io.tidemark.insight.funnel;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PropertyFilter;
import io.tidemark.platform.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must not happen between two steps.
///
/// @param after number of a step, from 1; null for the first
/// @param before number of a later step; null for the last
@Schema(description = "Events that must not lie between two steps")
public record FunnelExclusion(
    @Schema(description = "Type of event", example = "refund") @Nullable String event,
    @Schema(description = "Step of the funnel") @Nullable String step,
    @Schema(description = "Filters; all must hold") List<PropertyFilter> where,
    @Schema(description = "Number of the step after which, from 1; default: the first")
        @Nullable Integer after,
    @Schema(description = "Number of the step before which; default: the last")
        @Nullable Integer before) {

  public FunnelExclusion {
    where = new EventSelector(event, step, where).where();
    if (after != null && after < 1) {
      throw ProblemException.invalidField("after", "after must be the number of a step, from 1");
    }
    if (before != null && before <= (after == null ? 1 : after)) {
      throw ProblemException.invalidField("before", "before must be a later step than after");
    }
  }

  EventSelector events() {
    return new EventSelector(event, step, where);
  }

  /// The gaps as bits.
  int gaps(int steps) {
    return FunnelRules.gaps(after == null ? 1 : after, before == null ? steps : before);
  }

  boolean fits(int steps) {
    return (after == null ? 1 : after) < steps && (before == null || before <= steps);
  }
}
