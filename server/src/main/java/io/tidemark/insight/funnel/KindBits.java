package io.tidemark.insight.funnel;

import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.SqlPart;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What rows are where their kind alone says it: looked up in an array, which is much faster than a
/// comparison for each step.
///
/// @param bitsOfKind by `kind_id`
record KindBits(SortedMap<Integer, Integer> bitsOfKind) {

  /// Kinds that lie further apart would make too long an array.
  private static final int LONGEST_ARRAY = 10_000;

  /// @return null if it takes more than the kind to say what a row is
  static @Nullable KindBits of(
      DetailTable table, SortedMap<Integer, EventSelector> selectors, FunnelStatement.Kinds kinds) {
    if (selectors.values().stream()
        .anyMatch(selector -> selector.name() == null || !selector.where().isEmpty())) {
      return null;
    }
    Map<String, Integer> numbers =
        kinds.read(
            table,
            selectors.values().stream().map(EventSelector::name).filter(Objects::nonNull).toList());
    TreeMap<Integer, Integer> bits = new TreeMap<>();
    selectors.forEach((bit, selector) -> {
      Integer number = numbers.get(selector.name());
      if (number != null) {
        bits.merge(number, 1 << bit, (some, others) -> some | others);
      }
    });
    boolean isTooLong = !bits.isEmpty() && bits.lastKey() - bits.firstKey() > LONGEST_ARRAY;
    return isTooLong ? null : new KindBits(bits);
  }

  SqlPart bits(int otherwise) {
    if (bitsOfKind.isEmpty()) {
      return SqlPart.of(Integer.toString(otherwise));
    }
    int first = bitsOfKind.firstKey();
    Integer[] array = new Integer[bitsOfKind.lastKey() - first + 1];
    for (int place = 0; place < array.length; place++) {
      array[place] = bitsOfKind.getOrDefault(first + place, otherwise);
    }
    return SqlPart.of(
        "coalesce((CAST(? AS integer[]))[kind_id - CAST(? AS integer)], %d)".formatted(otherwise),
        array,
        first - 1);
  }

  SqlPart meant() {
    return SqlPart.of(
        "kind_id = ANY (CAST(? AS integer[]))",
        (Object) bitsOfKind.keySet().toArray(new Integer[0]));
  }
}
