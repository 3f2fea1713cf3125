package io.tidemark.insight.funnel;

import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.walk.Micros;
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

  Funnel {
    steps = List.copyOf(steps);
    exclusions = List.copyOf(exclusions);
  }

  FunnelRules rules() {
    return new FunnelRules(
        steps.size(),
        Micros.of(range.from()),
        Micros.of(range.to()),
        Micros.of(window),
        isStrict,
        exclusions.stream().map(exclusion -> exclusion.gaps(steps.size())).toList());
  }

  /// The first instant that no row of the funnel can have.
  Instant end() {
    return range.to().plus(window).plus(1, ChronoUnit.MICROS);
  }

  Funnel withoutBreakdown() {
    return new Funnel(range, unit, steps, window, isStrict, exclusions, null);
  }

  /// The breakdown if it is known of events, not of people.
  @Nullable Breakdown valuesOfEvents() {
    return breakdown == null || breakdown.ofPerson() ? null : breakdown;
  }
}
