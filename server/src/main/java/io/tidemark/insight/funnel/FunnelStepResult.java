package io.tidemark.insight.funnel;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one step.
///
/// @param entered how many took the step before, within the window
/// @param converted how many of them took this one as well; for the first step the same
/// @param dropOff how many did not
/// @param medianSecondsFromFirst half of those who took it needed no longer than this from their
///   first step, each by their quickest way; null when nobody took it
public record FunnelStepResult(
    String step,
    @Schema(description = "Took the step before; for the first step: took it") long entered,
    @Schema(description = "Took this step") long converted,
    @Schema(description = "Took the step before and not this one") long dropOff,
    @Schema(description = "Share of those who took the first step, 0 to 1; null when nobody did")
        @Nullable Double conversionFromFirst,
    @Schema(description = "Share of those who took the step before, 0 to 1; null when nobody did")
        @Nullable Double conversionFromPrevious,
    @Nullable Double medianSecondsFromFirst,
    @Nullable Double p90SecondsFromFirst) {

  private static final double MICROS_PER_SECOND = 1e6;

  /// @param labels of the steps
  /// @param units who counts
  static List<FunnelStepResult> of(List<String> labels, FunnelProgress progress, int[] units) {
    List<FunnelStepResult> results = new ArrayList<>();
    long first = 0;
    long previous = 0;
    for (int step = 0; step < labels.size(); step++) {
      long[] took = took(progress, units, step);
      if (step == 0) {
        first = took.length;
        previous = first;
      }
      results.add(
          new FunnelStepResult(
              labels.get(step),
              previous,
              took.length,
              previous - took.length,
              share(took.length, first),
              share(took.length, previous),
              percentile(took, 0.5),
              percentile(took, 0.9)));
      previous = took.length;
    }
    return results;
  }

  /// Microseconds of each unit that took the step, ascending.
  private static long[] took(FunnelProgress progress, int[] units, int step) {
    long[] took =
        Arrays.stream(units)
            .filter(unit -> progress.reached(unit) > step)
            .mapToLong(unit -> progress.quickest(unit, step))
            .toArray();
    Arrays.sort(took);
    return took;
  }

  /// As `percentile_cont` has it: between two of them in proportion.
  private static @Nullable Double percentile(long[] ascending, double fraction) {
    if (ascending.length == 0) {
      return null;
    }
    double place = fraction * (ascending.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, ascending.length - 1);
    double between =
        ascending[below] + (place - below) * (double) (ascending[above] - ascending[below]);
    return between / MICROS_PER_SECOND;
  }

  private static @Nullable Double share(long part, long whole) {
    return whole == 0 ? null : (Double) (double) part / whole;
  }
}
