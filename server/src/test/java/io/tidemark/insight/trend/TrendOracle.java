package io.tidemark.insight.trend;

import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.Happening;
import io.tidemark.insight.TimeRange;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Trends by looking at every happening for every number.
record TrendOracle(
    List<Happening> happenings, CalendarUnit unit, ZoneId zone, DayOfWeek weekStarts) {

  /// What the calendar on the wall shows during an interval.
  Object label(Instant at) {
    ZonedDateTime time = at.atZone(zone);
    return switch (unit) {
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS).toString();
      case DAY -> time.toLocalDate();
      case WEEK -> Math.floorDiv(time.toLocalDate().toEpochDay() + 4 - weekStarts.getValue(), 7);
      case MONTH -> YearMonth.from(time);
    };
  }

  @Nullable Number during(
      Object label, TimeRange range, TrendMeasure measure, Predicate<Happening> meant) {
    return measure(measure, meant.and(in(range)).and(each -> label(each.at()).equals(label)));
  }

  /// As many intervals before on the calendar.
  Instant before(Instant at, int intervals) {
    ZonedDateTime time = at.atZone(zone);
    return switch (unit) {
      case HOUR -> at.minus(intervals, ChronoUnit.HOURS);
      case DAY -> time.minusDays(intervals).toInstant();
      case WEEK -> time.minusWeeks(intervals).toInstant();
      case MONTH -> time.minusMonths(intervals).toInstant();
    };
  }

  @Nullable Number within(TimeRange range, TrendMeasure measure, Predicate<Happening> meant) {
    return measure(measure, meant.and(in(range)));
  }

  /// The values with the most events, most first, then by their characters, nothing last.
  List<@Nullable String> values(
      TimeRange range,
      int most,
      Predicate<Happening> meant,
      Function<Happening, @Nullable String> value) {
    Map<List<@Nullable String>, Long> counts =
        happenings.stream()
            .filter(meant.and(in(range)))
            .collect(
                Collectors.groupingBy(each -> boxed(value.apply(each)), Collectors.counting()));
    Comparator<Map.Entry<List<@Nullable String>, Long>> byCount =
        Map.Entry.<List<@Nullable String>, Long>comparingByValue().reversed();
    List<@Nullable String> values = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(
            byCount.thenComparing(
                each -> each.getKey().getFirst(), Comparator.nullsLast(Comparator.naturalOrder())))
        .limit(most)
        .forEach(each -> values.add(each.getKey().getFirst()));
    return values;
  }

  private static List<@Nullable String> boxed(@Nullable String value) {
    List<@Nullable String> box = new ArrayList<>();
    box.add(value);
    return box;
  }

  private static Predicate<Happening> in(TimeRange range) {
    return each -> !each.at().isBefore(range.from()) && each.at().isBefore(range.to());
  }

  private @Nullable Number measure(TrendMeasure measure, Predicate<Happening> meant) {
    List<Happening> counted = happenings.stream().filter(meant).toList();
    Set<Object> people = new HashSet<>();
    counted.stream().map(Happening::person).filter(Objects::nonNull).forEach(people::add);
    long named = counted.stream().filter(each -> each.person() != null).count();
    return switch (measure) {
      case COUNT -> (long) counted.size();
      case PEOPLE -> (long) people.size();
      case PER_PERSON -> people.isEmpty() ? null : (Number) ((double) named / people.size());
    };
  }
}
