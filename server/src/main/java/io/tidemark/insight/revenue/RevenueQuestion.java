package io.tidemark.insight.revenue;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What led to the subscriptions that began in a range, and which began, ended and changed.
public record RevenueQuestion(
    @Schema(description = "Start; default: -P30D, the last 30 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of dates in the question; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "To what revenue is attributed; default: last_touch")
        @Nullable AttributedTo by,
    @Schema(description = "Which events are touches; default: all events that are not steps")
        @Nullable EventSelector events,
    @Schema(
            description =
                "What of the first or last touch; default: its page (of steps: its effect_id). Its limit holds for every by")
        @Nullable Breakdown breakdown,
    @Schema(
            type = "string",
            description =
                "How long before a subscription begins it is looked, up to P366D; default: P30D",
            example = "P30D")
        @Nullable Duration lookback)
    implements Question {

  private static final Duration LOOKBACK = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(366);

  public RevenueQuestion {
    by = by == null ? AttributedTo.LAST_TOUCH : by;
    events = events == null ? new EventSelector(null, null, List.of()) : events;
    breakdown =
        breakdown == null
            ? new Breakdown(null, null, events.step() == null ? "page" : "effect_id", null)
            : breakdown;
    if (breakdown.ofPerson()) {
      throw ProblemException.invalidField(
          "breakdown", "a touch says a property or field, not what is known of the person");
    }
    breakdown.requireOf(events);
    lookback = lookback == null ? LOOKBACK : lookback;
    if (lookback.isNegative() || lookback.compareTo(LONGEST) > 0) {
      throw ProblemException.invalidField("lookback", "lookback must be from PT0S to P366D");
    }
  }

  AttributedTo attributedTo() {
    return Objects.requireNonNull(by);
  }

  EventSelector touches() {
    return Objects.requireNonNull(events);
  }

  Breakdown said() {
    return Objects.requireNonNull(breakdown);
  }

  Duration looksBack() {
    return Objects.requireNonNull(lookback);
  }
}
