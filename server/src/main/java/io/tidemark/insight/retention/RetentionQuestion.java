package io.tidemark.insight.retention;

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

/// Of the people who began in an interval, how many came back in each that followed.
public record RetentionQuestion(
    @Schema(description = "Start; default: -P12W, the last 12 weeks") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of the intervals; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "day, week (default) or month") @Nullable CalendarUnit interval,
    @Schema(type = "string", description = Calendar.WEEK_STARTS, example = "sunday")
        @Nullable DayOfWeek weekStarts,
    @Schema(description = "Default: first_time") @Nullable CohortRule cohort,
    @Schema(description = "What beginning is; default: any event") @Nullable EventSelector start,
    @Schema(description = "What coming back is; default: the same as start")
        @Nullable EventSelector comeBack)
    implements Question {

  public RetentionQuestion {
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

  CohortRule rule() {
    return cohort == null ? CohortRule.FIRST_TIME : cohort;
  }

  EventSelector beginning() {
    return start == null ? new EventSelector(null, null, List.of()) : start;
  }

  EventSelector comingBack() {
    return comeBack == null ? beginning() : comeBack;
  }
}
