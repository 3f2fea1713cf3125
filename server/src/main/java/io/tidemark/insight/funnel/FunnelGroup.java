package io.tidemark.insight.funnel;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The funnel of those who began with one value of the breakdown.
///
/// @param value at the first step of the way on which they came furthest, the quickest of those;
///   null where it was not known, and for all values that are not shown
/// @param isOther whether these are all values that are not shown
public record FunnelGroup(
    @Schema(description = "Value at the first step; null: not known, or the rest")
        @Nullable String value,
    @Schema(description = "Whether this is all other values together") boolean isOther,
    List<FunnelStepResult> steps) {

  /// The largest groups first, by who took the first step; the rest last, if there is one.
  ///
  /// @param shown how many values are shown
  static List<FunnelGroup> of(
      List<String> labels, FunnelProgress progress, ValueNumbers values, int shown) {
    int[] sizes = new int[values.count() + 1];
    int[] began =
        IntStream.range(0, progress.units()).filter(unit -> progress.reached(unit) > 0).toArray();
    for (int unit : began) {
      sizes[progress.bestValue(unit)]++;
    }
    List<Integer> largest =
        IntStream.rangeClosed(1, values.count())
            .boxed()
            .filter(value -> sizes[value] > 0)
            .sorted(
                Comparator.<Integer>comparingInt(value -> -sizes[value])
                    .thenComparing(values::compare))
            .toList();
    int[] groupOf = new int[values.count() + 1];
    List<FunnelGroup> groups = new ArrayList<>();
    for (int place = 0; place < largest.size(); place++) {
      groupOf[largest.get(place)] = Math.min(place, shown);
    }
    for (int group = 0; group < Math.min(largest.size(), shown + 1); group++) {
      int wanted = group;
      int[] units =
          IntStream.of(began).filter(unit -> groupOf[progress.bestValue(unit)] == wanted).toArray();
      boolean isOther = group == shown;
      groups.add(
          new FunnelGroup(
              isOther ? null : values.value(largest.get(group)),
              isOther,
              FunnelStepResult.of(labels, progress, units)));
    }
    return groups;
  }
}
