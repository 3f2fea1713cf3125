package io.tidemark.insight;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/// The intervals of a calendar. They follow each other without gaps: an hour begins when the clock
/// on the wall says so (it may last longer or shorter when clocks change), a day at midnight or
/// what comes first after it, a week on Monday.
public enum CalendarUnit {
  HOUR,
  DAY,
  WEEK,
  MONTH;

  /// The start of the interval that the instant lies in.
  public Instant startOf(Instant instant, ZoneId zone) {
    ZonedDateTime time = instant.atZone(zone);
    if (this == HOUR) {
      return time.truncatedTo(ChronoUnit.HOURS).toInstant();
    }
    return firstDay(time.toLocalDate()).atStartOfDay(zone).toInstant();
  }

  /// The start of the interval that follows.
  ///
  /// @param start of an interval
  public Instant next(Instant start, ZoneId zone) {
    ZonedDateTime time = start.atZone(zone);
    for (int step = 1; ; step++) {
      Instant next =
          switch (this) {
            case HOUR -> time.plusHours(step).truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> startOfDay(time.toLocalDate().plusDays(step), zone);
            case WEEK -> startOfDay(time.toLocalDate().plusWeeks(step), zone);
            case MONTH -> startOfDay(time.toLocalDate().plusMonths(step), zone);
          };
      if (next.isAfter(start)) {
        return next;
      }
    }
  }

  /// As documents and answers say it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private LocalDate firstDay(LocalDate day) {
    return switch (this) {
      case HOUR, DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  private Instant startOfDay(LocalDate day, ZoneId zone) {
    return firstDay(day).atStartOfDay(zone).toInstant();
  }
}
