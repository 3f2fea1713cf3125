package io.tidemark.insight.performance;

import io.swagger.v3.oas.annotations.media.Schema;

/// When a call counts as slow.
@Schema(
    description =
        "above: it took longer than slow_ms; own_p95: longer than 95 % of the endpoint's calls in the range")
public enum SlowRule {
  ABOVE,
  OWN_P95
}
