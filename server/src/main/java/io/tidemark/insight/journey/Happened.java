package io.tidemark.insight.journey;

import io.swagger.v3.oas.annotations.media.Schema;

/// What happened.
///
/// @param name type of the event, or the step
public record Happened(
    @Schema(description = "Type of the event, or the step") String name,
    @Schema(description = "Whether it is a step of the funnel") boolean isStep) {}
