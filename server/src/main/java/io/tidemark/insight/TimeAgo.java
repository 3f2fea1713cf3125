package io.tidemark.insight;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time before another, as a negative ISO 8601 duration. With a time of day in it, such as
/// -PT90M, it is so long to the nanosecond, a day being 24 hours. Without, such as -P7D or -P1M, it
/// is that many days, weeks, months or years of a calendar, of which the day it is measured from is
/// the last: it begins with a day. Pure.
///
/// @param days of a calendar; zero where it is exact
/// @param exact zero where it is of days
public record TimeAgo(Period days, Duration exact) {

  private static final Pattern OF_DAYS =
      Pattern.compile(
          "-P(?:(\\d{1,9})Y)?(?:(\\d{1,9})M)?(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern EXACT =
      Pattern.compile(
          "-P(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?(T(?=\\d)(?:\\d{1,12}H)?(?:\\d{1,12}M)?(?:\\d{1,12}(?:\\.\\d{1,9})?S)?)",
          Pattern.CASE_INSENSITIVE);

  /// @throws DateTimeException if it is not one, or no time at all
  /// @throws ArithmeticException if it is longer than can be said
  public static TimeAgo parse(String text) {
    Matcher days = OF_DAYS.matcher(text);
    Matcher exact = EXACT.matcher(text);
    TimeAgo ago;
    if (days.matches()) {
      ago =
          new TimeAgo(
              Period.of(
                  number(days.group(1)),
                  number(days.group(2)),
                  Math.addExact(
                      Math.multiplyExact(7, number(days.group(3))), number(days.group(4)))),
              Duration.ZERO);
    } else if (exact.matches()) {
      ago =
          new TimeAgo(
              Period.ZERO,
              Duration.parse("P" + exact.group(3))
                  .plusDays(7L * number(exact.group(1)) + number(exact.group(2))));
    } else {
      throw new DateTimeParseException("No time ago", text, 0);
    }
    if (ago.days.isZero() && ago.exact.isZero()) {
      throw new DateTimeParseException("Not before", text, 0);
    }
    return ago;
  }

  /// @throws DateTimeException if it is before all time
  /// @throws ArithmeticException if it is before all time
  Instant before(Instant now, ZoneId zone) {
    return days.isZero() ? now.minus(exact) : startOfDays(now.atZone(zone).toLocalDate(), zone);
  }

  /// The same before the end of a range: its last day is the one that the end is in or ends.
  Instant beforeEnd(Instant end, ZoneId zone) {
    return days.isZero() ? end.minus(exact) : before(end.minusNanos(1), zone);
  }

  private Instant startOfDays(LocalDate last, ZoneId zone) {
    return last.plusDays(1).minus(days).atStartOfDay(zone).toInstant();
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
