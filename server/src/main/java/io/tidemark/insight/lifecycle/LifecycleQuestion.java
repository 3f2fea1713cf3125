package io.tidemark.insight.lifecycle;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.Calendar;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.platform.ProblemException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many people are new, returning, resurrecting and dormant, interval by interval.
public record LifecycleQuestion(
    @Schema(description = "Start; default: -P12W, the last 12 weeks") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of the intervals; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "day, week (default) or month") @Nullable CalendarUnit interval,
    @Schema(type = "string", description = Calendar.WEEK_STARTS, example = "sunday")
        @Nullable DayOfWeek weekStarts,
    @Schema(description = "What being active is; default: any event")
        @Nullable EventSelector activity)
    implements Question {

  public LifecycleQuestion {
    if (interval == CalendarUnit.HOUR) {
      throw ProblemException.invalidField("interval", "interval must be day, week or month");
    }
  }

  CalendarUnit unit() {
    return interval == null ? CalendarUnit.WEEK : interval;
  }

  Calendar calendar() {
    return Calendar.of(unit(), zone, weekStarts);
  }

  EventSelector active() {
    return activity == null ? new EventSelector(null, null, List.of()) : activity;
  }
}
