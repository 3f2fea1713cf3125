package io.tidemark.insight.trend;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.Answer;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.AnswerHead.ZonedRange;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A trend.
///
/// @param intervals their starts; the range may begin within the first and end within the last
/// @param lines in the order of the question: series, each by value, then formulas
public record TrendAnswer(
    @JsonUnwrapped AnswerHead head,
    String interval,
    @Schema(description = "Starts of the intervals; values stand in the same order")
        List<OffsetDateTime> intervals,
    @Schema(description = Answer.PARTIAL) List<OffsetDateTime> partialIntervals,
    @Schema(description = "What previous is of; null unless compare was asked for")
        @Nullable ZonedRange previousRange,
    List<Line> lines) {

  /// @param value of the breakdown; null without one, for events without a value, and for others
  /// @param isOther whether it is all values together that have no line of their own
  @Schema(name = "TrendLine")
  public record Line(
      String name,
      @Schema(description = "Value of the breakdown; null when there is none")
          @Nullable String value,
      @Schema(description = "Whether this is all other values together") boolean isOther,
      Values asked,
      @Schema(description = "Of previous_range; null unless compare was asked for")
          @Nullable Values previous) {}

  /// @param total over the whole time: of people, each counted once
  /// @param values one for each interval; null where nothing can be said
  @Schema(name = "TrendValues")
  public record Values(@Nullable Number total, List<@Nullable Number> values) {

    public Values {
      values = Collections.unmodifiableList(values);
    }
  }

  public TrendAnswer {
    intervals = List.copyOf(intervals);
    partialIntervals = List.copyOf(partialIntervals);
    lines = List.copyOf(lines);
  }
}
