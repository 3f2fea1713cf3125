package io.tidemark.rollup;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// A half-open range of whole hours.
///
/// @param from start of the first hour in it
/// @param to end of the last hour in it
public record HourRange(Instant from, Instant to) {

  /// @throws IllegalArgumentException if it does not begin and end on a whole hour, or is empty
  public HourRange {
    if (!from.equals(floor(from)) || !to.equals(floor(to)) || !from.isBefore(to)) {
      throw new IllegalArgumentException("not a range of whole hours: " + from + " to " + to);
    }
  }

  /// The smallest range of whole hours around the two.
  ///
  /// @throws IllegalArgumentException if the first is not before the second
  public static HourRange around(Instant from, Instant to) {
    Instant end = floor(to);
    return new HourRange(floor(from), end.equals(to) ? to : end.plus(1, ChronoUnit.HOURS));
  }

  /// Its parts, one for each day (UTC) that it touches.
  List<HourRange> days() {
    List<HourRange> days = new ArrayList<>();
    Instant start = from;
    while (start.isBefore(to)) {
      Instant nextDay = start.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
      Instant end = nextDay.isBefore(to) ? nextDay : to;
      days.add(new HourRange(start, end));
      start = end;
    }
    return days;
  }

  boolean isWholeDay() {
    return from.equals(from.truncatedTo(ChronoUnit.DAYS)) && hours() == 24;
  }

  long hours() {
    return ChronoUnit.HOURS.between(from, to);
  }

  private static Instant floor(Instant instant) {
    return instant.truncatedTo(ChronoUnit.HOURS);
  }
}
