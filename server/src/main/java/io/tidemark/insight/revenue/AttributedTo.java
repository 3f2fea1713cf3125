package io.tidemark.insight.revenue;

import io.swagger.v3.oas.annotations.media.Schema;

/// To what a subscription that began is attributed.
@Schema(
    description =
        "first_touch, last_touch: what the person's first or last event before it said; journey: the funnel steps before it, in the order in which they were first taken; tier: its own; effect: the effect of the person's last funnel step before it that named one")
public enum AttributedTo {
  FIRST_TOUCH,
  LAST_TOUCH,
  JOURNEY,
  TIER,
  EFFECT
}
