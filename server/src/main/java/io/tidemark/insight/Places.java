package io.tidemark.insight;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Divides a range of time into places, counted from 1; 0 is everything before. A place may be
/// empty. Pure.
///
/// @param bounds where the places begin, ascending, and the end of the last
public record Places(List<Instant> bounds) {

  public Places {
    bounds = List.copyOf(bounds);
    if (bounds.size() < 2) {
      throw new IllegalArgumentException("At least one place: " + bounds);
    }
  }

  /// In which place a time is. Takes [#parameter].
  ///
  /// @param time an expression of type timestamptz
  public static String placeOf(String time) {
    return "width_bucket(%s, CAST(? AS timestamptz[]))".formatted(time);
  }

  /// The bounds as an array literal of PostgreSQL.
  public String parameter() {
    return bounds.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
  }

  public int count() {
    return bounds.size() - 1;
  }

  public TimeRange range() {
    return new TimeRange(bounds.getFirst(), bounds.getLast());
  }

  /// With everything that is before the first as a place of its own.
  public Places since(Instant start) {
    List<Instant> all = new ArrayList<>(bounds);
    all.addFirst(start);
    return new Places(all);
  }

  /// Whether rollups can answer: before 1972 some clocks differed from others by seconds.
  public boolean areOfWholeMinutes() {
    return bounds.stream().allMatch(bound -> bound.truncatedTo(ChronoUnit.MINUTES).equals(bound));
  }
}
