package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Intervals of a calendar that follow each other. Pure.
///
/// @param boundaries starts of the intervals, ascending, and the end of the last
public record Intervals(CalendarUnit unit, ZoneId zone, List<Instant> boundaries) {

  /// In which interval a time is, from 1; 0 before the first. Takes [#parameter].
  ///
  /// @param time an expression of type timestamptz
  public static String placeOf(String time) {
    return "width_bucket(%s, CAST(? AS timestamptz[]))".formatted(time);
  }

  public Intervals {
    boundaries = List.copyOf(boundaries);
    if (boundaries.size() < 2) {
      throw new IllegalArgumentException("At least one interval: " + boundaries);
    }
  }

  /// The fewest intervals that cover a range.
  ///
  /// @param most how many there may be
  /// @throws ProblemException naming `interval` if there are more
  public static Intervals covering(TimeRange range, CalendarUnit unit, ZoneId zone, int most) {
    List<Instant> boundaries = new ArrayList<>();
    Instant next = unit.startOf(range.from(), zone);
    boundaries.add(next);
    while (next.isBefore(range.to())) {
      next = unit.next(next, zone);
      boundaries.add(next);
      if (boundaries.size() > most + 1) {
        throw ProblemException.invalidField(
            "interval",
            "the range has more than %d intervals of one %s; choose a longer interval"
                .formatted(most, unit.word()));
      }
    }
    return new Intervals(unit, zone, boundaries);
  }

  /// With that many intervals before the first.
  public Intervals withPrevious(int intervals) {
    List<Instant> all = new ArrayList<>(boundaries.reversed());
    for (int i = 0; i < intervals; i++) {
      all.add(unit.startOf(all.getLast().minus(1, ChronoUnit.MICROS), zone));
    }
    return new Intervals(unit, zone, all.reversed());
  }

  public int count() {
    return boundaries.size() - 1;
  }

  public TimeRange range() {
    return new TimeRange(boundaries.getFirst(), boundaries.getLast());
  }

  /// Starts of the intervals, in their zone.
  public List<OffsetDateTime> starts() {
    return IntStream.range(0, count())
        .mapToObj(place -> boundaries.get(place).atZone(zone).toOffsetDateTime())
        .toList();
  }

  /// Whether rollups by the hour can answer for each interval.
  public boolean areOfWholeHours() {
    return boundaries.stream()
        .allMatch(boundary -> boundary.getEpochSecond() % Duration.ofHours(1).toSeconds() == 0);
  }

  /// The rollups that answer for the intervals, if these are of whole hours.
  public RangeCover cover() {
    return RangeCover.ofWholeHours(boundaries);
  }

  /// With everything before the first interval, from an instant on.
  public RangeCover coverSince(Instant start) {
    List<Instant> all = new ArrayList<>(boundaries);
    all.addFirst(start);
    return RangeCover.ofWholeHours(all);
  }

  /// The boundaries as an array literal of PostgreSQL.
  public String parameter() {
    return boundaries.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
  }
}
