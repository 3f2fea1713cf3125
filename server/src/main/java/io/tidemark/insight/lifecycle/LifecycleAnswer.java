package io.tidemark.insight.lifecycle;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.Answer;
import io.tidemark.insight.question.AnswerHead;
import java.time.OffsetDateTime;
import java.util.List;

/// @param stages one for each interval, oldest first
public record LifecycleAnswer(
    @JsonUnwrapped AnswerHead head,
    String interval,
    @Schema(description = Answer.PARTIAL) List<OffsetDateTime> partialIntervals,
    List<Stage> stages) {

  /// The first three are everyone who is active in the interval.
  @Schema(name = "LifecycleStage")
  public record Stage(
      @Schema(description = "Start of the interval") OffsetDateTime start,
      @Schema(description = "Active for the first time ever") long newPeople,
      @Schema(description = "Active in the interval before too") long returning,
      @Schema(description = "Active before, but not in the interval before") long resurrecting,
      @Schema(description = "Active in the interval before, and not in this one") long dormant) {}

  public LifecycleAnswer {
    partialIntervals = List.copyOf(partialIntervals);
    stages = List.copyOf(stages);
  }
}
