package io.tidemark.insight;

import io.tidemark.rollup.Grain;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The intervals by which rollups answer, as far as they lie in a range: minutes and hours, which
/// are the same everywhere, and days of a time zone. Pure.
///
/// @param range of whole minutes
record Buckets(Grain grain, ZoneId zone, TimeRange range) {

  /// The start of the whole interval that an instant lies in.
  Instant startOf(Instant instant) {
    return grain == Grain.DAY
        ? instant.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant()
        : instant.truncatedTo(grain.unit());
  }

  /// Those of which not all is counted, because the range cuts them or because they are not over:
  /// their starts.
  List<Instant> partial(Instant now) {
    List<Instant> partial = new ArrayList<>();
    for (Instant start = startOf(range.from()); start.isBefore(range.to()); start = next(start)) {
      Instant end = next(start);
      if (start.isBefore(range.from()) || end.isAfter(range.to()) || end.isAfter(now)) {
        partial.add(start);
      }
    }
    return partial;
  }

  Places places() {
    List<Instant> bounds = new ArrayList<>();
    bounds.add(range.from());
    for (Instant next = next(startOf(range.from())); next.isBefore(range.to()); next = next(next)) {
      bounds.add(next);
    }
    bounds.add(range.to());
    return new Places(bounds);
  }

  /// The part of a cover in which each whole interval is one row of a rollup.
  RangeCover sealed(RangeCover cover) {
    return areKept() ? cover.of(grain) : new RangeCover(cover.range(), List.of(), List.of());
  }

  /// The part of a cover in which an interval is made up of several rows.
  RangeCover parts(RangeCover cover) {
    return areKept() ? cover.without(grain) : cover;
  }

  /// Whether a rollup has a row for each.
  boolean areKept() {
    return grain != Grain.DAY || zone.normalized().equals(ZoneOffset.UTC);
  }

  private Instant next(Instant start) {
    return grain == Grain.DAY
        ? start.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant()
        : start.plus(1, grain.unit());
  }
}
