package io.tidemark.insight.revenue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.AnswerHead;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What led to the subscriptions that began in a range, and which began, ended and changed.
///
/// @param attributed most subscriptions first, all others together last; adds up to `began`, since
///   each subscription is in one of them
/// @param undated subscriptions that nobody said the beginning of, whatever the range
public record RevenueAnswer(
    @JsonUnwrapped AnswerHead head,
    @Schema(example = "last_touch") String by,
    List<Attribution> attributed,
    @Schema(description = "Subscriptions that began in the range, by currency") List<Revenue> began,
    @Schema(description = "Subscriptions that ended in the range, by currency") List<Revenue> ended,
    @Schema(description = "Changes in the range, most first, at most 1000 kinds")
        List<Change> changed,
    @Schema(
            description =
                "All subscriptions without started_at: they run from the first record about them on, but began in no range")
        long undated) {

  /// @param value null when nothing is known, and for all others together
  @Schema(name = "RevenueAttribution")
  public record Attribution(
      @Nullable String value,
      @Schema(description = "Whether this is all values together that are not shown")
          boolean isOther,
      @Schema(description = "By currency") List<Revenue> revenue) {

    public Attribution {
      revenue = List.copyOf(revenue);
    }
  }

  /// @param currency null when not said
  /// @param amount prices of one period, as they are now; subscriptions without a price add nothing
  @Schema(name = "RevenueAmount")
  public record Revenue(
      @Nullable String currency,
      long subscriptions,
      @Schema(description = "Distinct people") long people,
      @Schema(description = "Sum of the prices of one period") BigDecimal amount) {}

  /// Changes of the same kind.
  ///
  /// @param before sum of the prices of one period until then, in `currency_before`
  /// @param after the same from then on, in `currency`
  @Schema(name = "RevenueChange")
  public record Change(
      @Nullable String tierBefore,
      @Nullable String tier,
      @Nullable String currencyBefore,
      @Nullable String currency,
      long changes,
      BigDecimal before,
      BigDecimal after) {}

  public RevenueAnswer {
    attributed = List.copyOf(attributed);
    began = List.copyOf(began);
    ended = List.copyOf(ended);
    changed = List.copyOf(changed);
  }
}
