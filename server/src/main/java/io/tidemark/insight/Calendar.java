package io.tidemark.insight;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/// Divides time into intervals that follow each other without gaps: an hour begins when the clock
/// on the wall says so (it may last longer or shorter when clocks change), a day at midnight or
/// what comes first after it, a week on the day that weeks begin on. Pure.
public record Calendar(CalendarUnit unit, ZoneId zone, DayOfWeek weekStarts) {

  /// Said of every question that may be by the week.
  public static final String WEEK_STARTS =
      "The day that weeks begin on, monday to sunday; default: monday";

  /// @param zone null for UTC
  /// @param weekStarts null for Monday
  public static Calendar of(
      CalendarUnit unit, @Nullable ZoneId zone, @Nullable DayOfWeek weekStarts) {
    return new Calendar(
        unit,
        zone == null ? ZoneOffset.UTC : zone,
        weekStarts == null ? DayOfWeek.MONDAY : weekStarts);
  }

  /// The start of the interval that the instant lies in.
  public Instant startOf(Instant instant) {
    ZonedDateTime time = instant.atZone(zone);
    if (unit == CalendarUnit.HOUR) {
      return time.truncatedTo(ChronoUnit.HOURS).toInstant();
    }
    return startOfDay(time.toLocalDate());
  }

  /// The start of the interval that follows.
  ///
  /// @param start of an interval
  public Instant next(Instant start) {
    ZonedDateTime time = start.atZone(zone);
    for (int step = 1; ; step++) {
      Instant next =
          unit == CalendarUnit.HOUR
              ? time.plusHours(step).truncatedTo(ChronoUnit.HOURS).toInstant()
              : startOfDay(time.toLocalDate().plus(step, unit.chronoUnit()));
      if (next.isAfter(start)) {
        return next;
      }
    }
  }

  /// The start of the interval before.
  ///
  /// @param start of an interval
  Instant previous(Instant start) {
    return startOf(start.minus(1, ChronoUnit.MICROS));
  }

  /// The same place so many intervals before: for hours as long after their start, else the same
  /// time of the day. Where the calendar has no such place it is the nearest one of that interval.
  Instant before(Instant instant, int intervals) {
    Instant start = startOf(instant);
    Instant earlier = start;
    for (int step = 0; step < intervals; step++) {
      earlier = previous(earlier);
    }
    Instant same =
        unit == CalendarUnit.HOUR
            ? earlier.plus(Duration.between(start, instant))
            : sameTime(instant, intervals);
    Instant end = next(earlier);
    return same.isBefore(earlier) ? earlier : same.isAfter(end) ? end : same;
  }

  private Instant sameTime(Instant instant, int intervals) {
    ZonedDateTime time = instant.atZone(zone);
    LocalDate day = time.toLocalDate().minus(intervals, unit.chronoUnit());
    boolean isStartOfDay = time.toLocalDate().atStartOfDay(zone).toInstant().equals(instant);
    LocalTime clock = time.toLocalTime();
    return (isStartOfDay ? day.atStartOfDay(zone) : day.atTime(clock).atZone(zone)).toInstant();
  }

  private Instant startOfDay(LocalDate day) {
    return firstDay(day).atStartOfDay(zone).toInstant();
  }

  private LocalDate firstDay(LocalDate day) {
    return switch (unit) {
      case HOUR, DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(weekStarts));
      case MONTH -> day.withDayOfMonth(1);
    };
  }
}
