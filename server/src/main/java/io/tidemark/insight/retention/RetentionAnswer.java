package io.tidemark.insight.retention;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.Answer;
import io.tidemark.insight.question.AnswerHead;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param cohorts one for each interval, oldest first
/// @param overall all cohorts together, by intervals since they began
public record RetentionAnswer(
    @JsonUnwrapped AnswerHead head,
    String interval,
    @Schema(description = Answer.PARTIAL) List<OffsetDateTime> partialIntervals,
    List<Cohort> cohorts,
    List<Overall> overall) {

  /// @param returned of them, in the interval itself and each that follows within the range
  @Schema(name = "RetentionCohort")
  public record Cohort(
      @Schema(description = "Start of the interval in which they began") OffsetDateTime start,
      long people,
      @Schema(
              description =
                  "How many of them came back in the interval itself, the next one, and so on")
          List<Long> returned) {

    public Cohort {
      returned = List.copyOf(returned);
    }
  }

  /// @param after intervals since they began
  /// @param people of the cohorts for which that interval is in the range
  /// @param rate null without people
  @Schema(name = "RetentionOverall")
  public record Overall(
      @Schema(description = "Intervals since they began") int after,
      @Schema(description = "People of all cohorts old enough") long people,
      long returned,
      @Nullable Double rate) {}

  public RetentionAnswer {
    partialIntervals = List.copyOf(partialIntervals);
    cohorts = List.copyOf(cohorts);
    overall = List.copyOf(overall);
  }

  /// Whether not all is counted of who began in an interval or who came back so many later.
  ///
  /// @param cohort from 0
  boolean isPartial(int cohort, int after) {
    return partialIntervals.contains(cohorts.get(cohort).start())
        || partialIntervals.contains(cohorts.get(cohort + after).start());
  }
}
