package io.tidemark.insight.funnel;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.PersonName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param count all of them, however many are shown
public record FunnelPeopleAnswer(
    @JsonUnwrapped AnswerHead head,
    String step,
    FunnelOutcome outcome,
    @Schema(description = "How many there are, people or sessions") long count,
    @Schema(description = "Those who began last, latest first") List<FunnelPerson> people) {

  /// @param person null for a session that names nobody
  /// @param isKnown null for a session that names nobody
  /// @param beganAt the first step of the way on which they came furthest, the quickest of those
  /// @param reached how many steps they took
  /// @param seconds from the first step to the furthest
  public record FunnelPerson(
      @Schema(
              type = "string",
              description = "A name, or a pseudonym for those who may not see names")
          @Nullable PersonName person,
      @Schema(description = "Whether the app named them; else the client made the name up")
          @Nullable Boolean isKnown,
      @Schema(description = "First step of the way on which they came furthest") Instant beganAt,
      @Schema(description = "Steps taken in order") int reached,
      @Schema(description = "From the first step to the furthest") double seconds) {}
}
