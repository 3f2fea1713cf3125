package io.tidemark.insight.funnel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of the breakdown by number, from 1. Not thread-safe.
final class FunnelValues {

  private static final Comparator<@Nullable String> ORDER =
      Comparator.nullsLast(Comparator.naturalOrder());

  private final Map<@Nullable String, Integer> numbers = new HashMap<>();
  private final List<@Nullable String> values = new ArrayList<>();

  /// The value of each row, 0 where it is no first step.
  ///
  /// @param values of those that are, in their order
  int[] ofFirstSteps(int[] rows, List<@Nullable String> values) {
    int[] result = new int[rows.length];
    int next = 0;
    for (int row = 0; row < rows.length; row++) {
      if (FunnelRules.isStep(rows[row], 0)) {
        result[row] = number(values.get(next++));
      }
    }
    return result;
  }

  @Nullable String value(int number) {
    return values.get(number - 1);
  }

  int count() {
    return values.size();
  }

  /// The one of two that stands first; what is not known stands last.
  int lesser(int one, int other) {
    return compare(one, other) <= 0 ? one : other;
  }

  int compare(int one, int other) {
    return ORDER.compare(value(one), value(other));
  }

  private int number(@Nullable String value) {
    return numbers.computeIfAbsent(
        value,
        added -> {
          values.add(added);
          return values.size();
        });
  }
}
