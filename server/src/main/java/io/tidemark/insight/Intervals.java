package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The intervals of a calendar that a range touches. Its ends cut the first and the last of them:
/// what is counted is what lies in the range. Pure.
///
/// @param boundaries starts of the whole intervals, ascending, and the end of the last
public record Intervals(Calendar calendar, TimeRange range, List<Instant> boundaries) {

  public Intervals {
    boundaries = List.copyOf(boundaries);
    if (boundaries.size() < 2) {
      throw new IllegalArgumentException("At least one interval: " + boundaries);
    }
  }

  /// @param most how many there may be
  /// @throws ProblemException naming `interval` if there are more
  public static Intervals covering(TimeRange range, Calendar calendar, int most) {
    List<Instant> boundaries = new ArrayList<>();
    Instant next = calendar.startOf(range.from());
    boundaries.add(next);
    while (next.isBefore(range.to())) {
      next = calendar.next(next);
      boundaries.add(next);
      if (boundaries.size() > most + 1) {
        throw ProblemException.invalidField(
            "interval",
            "the range has more than %d intervals of one %s; choose a longer interval"
                .formatted(most, calendar.unit().word()));
      }
    }
    return new Intervals(calendar, range, boundaries);
  }

  /// The same range, moved back by as few intervals as bring it before itself: as many intervals,
  /// cut at the same places.
  public Intervals earlier() {
    int back = Math.max(1, count() - 1);
    while (calendar.before(range.to(), back).isAfter(range.from())) {
      back++;
    }
    List<Instant> earlier = new ArrayList<>(boundaries.reversed());
    for (int step = 0; step < back; step++) {
      earlier.add(calendar.previous(earlier.getLast()));
    }
    List<Instant> bounds = earlier.subList(back, back + boundaries.size()).reversed();
    Instant from = calendar.before(range.from(), back);
    Instant to = calendar.before(range.to(), back);
    return new Intervals(calendar, new TimeRange(from, to.isBefore(from) ? from : to), bounds);
  }

  public int count() {
    return boundaries.size() - 1;
  }

  public ZoneId zone() {
    return calendar.zone();
  }

  /// Starts of the intervals, in their zone, also of one that the range cuts: so those of several
  /// ranges line up.
  public List<OffsetDateTime> starts() {
    return IntStream.range(0, count()).mapToObj(this::start).toList();
  }

  /// The intervals of which not all is counted, because the range cuts them or because they are not
  /// over: their starts, in their zone.
  public List<OffsetDateTime> partial(Instant now) {
    return IntStream.range(0, count())
        .filter(place ->
            boundaries.get(place).isBefore(range.from())
                || boundaries.get(place + 1).isAfter(range.to())
                || boundaries.get(place + 1).isAfter(now))
        .mapToObj(this::start)
        .toList();
  }

  /// The intervals as far as they lie in the range.
  public Places places() {
    List<Instant> bounds = new ArrayList<>(boundaries);
    bounds.set(0, range.from());
    bounds.set(count(), range.to());
    return new Places(bounds);
  }

  /// With the whole interval before the first as place 1, and as place 2 what lies between it and
  /// the range, which may be empty.
  public Places placesAfterPrevious() {
    List<Instant> bounds = new ArrayList<>(places().bounds());
    bounds.addFirst(boundaries.getFirst());
    bounds.addFirst(calendar.previous(boundaries.getFirst()));
    return new Places(bounds);
  }

  private OffsetDateTime start(int place) {
    return boundaries.get(place).atZone(zone()).toOffsetDateTime();
  }
}
