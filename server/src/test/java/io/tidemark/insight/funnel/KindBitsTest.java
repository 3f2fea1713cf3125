package io.tidemark.insight.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.select.EventSelector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KindBitsTest {

  private static final TreeMap<Integer, EventSelector> SELECTORS =
      new TreeMap<>(
          Map.of(
              0, EventSelector.event("a"),
              1, EventSelector.event("b"),
              3, EventSelector.event("a"),
              4, EventSelector.event("never recorded")));
  private static final Map<String, Integer> NUMBERS = Map.of("a", 70, "b", 7);

  @Test
  void bits_severalOfOneKind_areTogether() {
    KindBits bits = KindBits.of(SELECTORS, NUMBERS, 0);

    assertThat(bits.bits(70)).isEqualTo(0b1001);
    assertThat(bits.bits(7)).isEqualTo(0b10);
    assertThat(bits.bits(8)).isZero();
  }

  /// However strict a funnel is, exclusions of another table than its steps end chains in their own
  /// gaps only.
  @Test
  void bits_ofAnotherTableThanTheSteps_standAside() {
    KindBits bits = KindBits.of(List.of(KindBits.of(SELECTORS, NUMBERS, FunnelRules.ASIDE)));

    assertThat(bits.bits(7)).isEqualTo(0b10 | FunnelRules.ASIDE);
  }
}
