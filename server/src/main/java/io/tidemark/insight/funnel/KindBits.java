package io.tidemark.insight.funnel;

import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.SqlPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What rows are whose kind alone says it: looked up here, so that PostgreSQL need not compare each
/// with each. Immutable.
final class KindBits {

  /// From nine values on PostgreSQL looks them up by hash.
  private static final int FEWEST_TO_HASH = 9;

  private final int[] kinds;
  private final int[] bits;

  private KindBits(SortedMap<Integer, Integer> bitsOfKind) {
    this.kinds = bitsOfKind.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.bits = bitsOfKind.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /// @param selectors by bit, each of a kind and without filters
  /// @param numbers of kinds, of those that were ever recorded
  /// @param always bits that all of them have
  static KindBits of(
      SortedMap<Integer, EventSelector> selectors, Map<String, Integer> numbers, int always) {
    TreeMap<Integer, Integer> bits = new TreeMap<>();
    selectors.forEach((bit, selector) -> {
      Integer number = numbers.get(selector.name());
      if (number != null) {
        bits.merge(number, 1 << bit | always, (some, others) -> some | others);
      }
    });
    return new KindBits(bits);
  }

  /// Those of all, which have no kind in common.
  static KindBits of(List<KindBits> all) {
    TreeMap<Integer, Integer> bits = new TreeMap<>();
    for (KindBits each : all) {
      for (int place = 0; place < each.kinds.length; place++) {
        bits.put(each.kinds[place], each.bits[place]);
      }
    }
    return new KindBits(bits);
  }

  boolean isEmpty() {
    return kinds.length == 0;
  }

  /// 0 for others.
  int bits(int kind) {
    int place = Arrays.binarySearch(kinds, kind);
    return place < 0 ? 0 : bits[place];
  }

  /// Whether a row is one of them.
  SqlPart meant() {
    if (isEmpty()) {
      return SqlPart.of("FALSE");
    }
    List<Integer> some = new ArrayList<>(Arrays.stream(kinds).boxed().toList());
    while (some.size() < FEWEST_TO_HASH) {
      some.add(some.getFirst());
    }
    return SqlPart.of(
        "kind_id = ANY (CAST(? AS integer[]))", (Object) some.toArray(new Integer[0]));
  }
}
