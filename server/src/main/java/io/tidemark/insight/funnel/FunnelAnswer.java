package io.tidemark.insight.funnel;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.AnswerHead;
import java.time.Duration;
import java.util.List;

/// @param steps in the order of the funnel
/// @param groups by the value of the breakdown; empty without one
public record FunnelAnswer(
    @JsonUnwrapped AnswerHead head,
    FunnelUnit unit,
    @Schema(type = "string", description = "From the first step", example = "PT24H")
        Duration window,
    List<FunnelStepResult> steps,
    @Schema(description = "By the value of the breakdown, the largest first; empty without one")
        List<FunnelGroup> groups) {}
