package io.tidemark.insight.funnel;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A funnel with nothing left open.
///
/// @param range in which the first step lies
record Funnel(
    TimeRange range,
    FunnelUnit unit,
    List<EventSelector> steps,
    Duration window,
    boolean isStrict,
    List<FunnelExclusion> exclusions,
    @Nullable Breakdown breakdown) {

  private static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

  Funnel {
    steps = List.copyOf(steps);
    exclusions = List.copyOf(exclusions);
  }

  FunnelRules rules() {
    return new FunnelRules(
        steps.size(),
        micros(range.from()),
        micros(range.to()),
        window.dividedBy(ChronoUnit.MICROS.getDuration()),
        isStrict,
        exclusions.stream().map(exclusion -> exclusion.gaps(steps.size())).toList());
  }

  /// The first instant that no row of the funnel can have.
  Instant end() {
    return range.to().plus(window).plus(1, ChronoUnit.MICROS);
  }

  /// Microseconds since 2000, as PostgreSQL counts; a part of one counts as one.
  static long micros(Instant instant) {
    long nanos = instant.getNano();
    return (instant.getEpochSecond() - ORIGIN.getEpochSecond()) * 1_000_000 + (nanos + 999) / 1_000;
  }

  static Instant instant(long micros) {
    return ORIGIN.plus(micros, ChronoUnit.MICROS);
  }
}
