package io.tidemark.insight.journey;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.Calendar;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.platform.ProblemException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The sessions that began in a range: how many, how long, with what they began and ended.
public record SessionsQuestion(
    @Schema(description = "Start; default: -P7D, the last 7 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of the intervals; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "hour, day (default), week or month") @Nullable CalendarUnit interval,
    @Schema(type = "string", description = Calendar.WEEK_STARTS, example = "sunday")
        @Nullable DayOfWeek weekStarts,
    @Schema(description = "Only sessions with such an event") @Nullable EventSelector having,
    @Schema(description = "How many entries and exits are shown, 1 to 50; default: 10")
        @Nullable Integer limit)
    implements Question {

  private static final int MOST_SHOWN = 50;
  private static final int FEW_SHOWN = 10;

  public SessionsQuestion {
    if (limit != null && (limit < 1 || limit > MOST_SHOWN)) {
      throw ProblemException.invalidField(
          "limit", "limit must be from 1 to %d".formatted(MOST_SHOWN));
    }
  }

  CalendarUnit unit() {
    return interval == null ? CalendarUnit.DAY : interval;
  }

  Calendar calendar() {
    return Calendar.of(unit(), zone, weekStarts);
  }

  int shown() {
    return limit == null ? FEW_SHOWN : limit;
  }
}
