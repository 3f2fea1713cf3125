package io.tidemark.rollup;

import io.tidemark.partition.Partitions;
import io.tidemark.record.FactTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// From when to when there is detail. Rollups reach further back and cannot be compared or counted
/// anew there. Thread-safe.
final class DetailSpan {

  private static final Duration AHEAD = Duration.ofHours(25);

  private final Partitions partitions;
  private final InstantSource clock;

  DetailSpan(Partitions partitions, InstantSource clock) {
    this.partitions = partitions;
    this.clock = clock;
  }

  /// From the start of its oldest partition to a day ahead of now: clocks of clients may be that
  /// far ahead.
  Optional<HourRange> of(FactTable fact) throws SQLException {
    Instant end = clock.instant().plus(AHEAD);
    return partitions
        .oldest(fact)
        .filter(oldest -> oldest.isBefore(end))
        .map(oldest -> HourRange.around(oldest, end));
  }

  /// The part of a range that there is detail of.
  Optional<HourRange> within(FactTable fact, HourRange range) throws SQLException {
    return of(fact)
        .filter(span -> span.from().isBefore(range.to()) && range.from().isBefore(span.to()))
        .map(span ->
            new HourRange(
                range.from().isBefore(span.from()) ? span.from() : range.from(),
                range.to().isAfter(span.to()) ? span.to() : range.to()));
  }
}
