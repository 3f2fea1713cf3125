package io.tidemark.insight.trend;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.Calendar;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.platform.ProblemException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How often something happened and to how many people, interval by interval.
public record TrendQuestion(
    @Schema(description = "Start; default: -P30D, the last 30 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of the intervals; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "hour, day (default), week or month") @Nullable CalendarUnit interval,
    @Schema(type = "string", description = Calendar.WEEK_STARTS, example = "sunday")
        @Nullable DayOfWeek weekStarts,
    @Schema(description = "1 to 10 series") List<TrendSeries> series,
    @Nullable Breakdown breakdown,
    @Schema(description = "At most 10 lines made of two series") List<TrendFormula> formulas,
    @Schema(description = "Whether to set each interval beside one of the same range before")
        @Nullable Boolean compare)
    implements Question {

  static final int MOST_SERIES = 10;

  public TrendQuestion {
    series = List.copyOf(series);
    formulas = List.copyOf(formulas);
    requireCount("series", series, 1);
    requireCount("formulas", formulas, 0);
    Set<String> names = new HashSet<>();
    for (int place = 0; place < series.size(); place++) {
      requireNew(names, series.get(place).label(), "series[%d].name".formatted(place));
      if (breakdown != null) {
        breakdown.requireOf(series.get(place).events());
      }
    }
    Set<String> known = Set.copyOf(names);
    for (int place = 0; place < formulas.size(); place++) {
      requireNew(names, formulas.get(place).label(), "formulas[%d].name".formatted(place));
      if (!known.containsAll(formulas.get(place).of())) {
        throw ProblemException.invalidField(
            "formulas[%d].of".formatted(place), "of must name two of the series: " + known);
      }
    }
  }

  CalendarUnit unit() {
    return interval == null ? CalendarUnit.DAY : interval;
  }

  Calendar calendar() {
    return Calendar.of(unit(), zone, weekStarts);
  }

  boolean isCompared() {
    return compare != null && compare;
  }

  private static void requireCount(String field, List<?> items, int least) {
    if (items.size() < least || items.size() > MOST_SERIES) {
      throw ProblemException.invalidField(
          field, "%s must have %d to %d items".formatted(field, least, MOST_SERIES));
    }
  }

  private static void requireNew(Set<String> names, String name, String field) {
    if (!names.add(name)) {
      throw ProblemException.invalidField(
          field, "two lines are called %s; name them".formatted(name));
    }
  }
}
