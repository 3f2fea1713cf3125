package io.tidemark.insight.summary;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.Answer;
import io.tidemark.insight.ApiTotalReader;
import io.tidemark.insight.question.AnswerHead;
import java.time.Instant;
import java.util.List;

/// @param interval by which it was answered: hours where minutes are no longer kept
/// @param points by time; one for each interval in which there were calls
public record ApiTotalsAnswer(
    @JsonUnwrapped AnswerHead head,
    @Schema(description = "By which it was answered: hour where minutes are no longer kept")
        String interval,
    @Schema(description = Answer.PARTIAL) List<Instant> partialIntervals,
    List<ApiTotalReader.TotalPoint> points) {}
