package io.tidemark.insight.funnel;

import io.tidemark.insight.funnel.ChainOracle.Between;
import io.tidemark.insight.funnel.ChainOracle.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Few rows at few instants, so that ties, edges, rows that can be several steps and steps that
/// stand twice are common. The same seed makes the same.
final class RandomChains {

  private static final int INSTANTS = 12;

  private final Random random;

  RandomChains(long seed) {
    this.random = new Random(seed);
  }

  ChainOracle rules() {
    int steps = 1 + random.nextInt(4);
    List<Between> exclusions = new ArrayList<>();
    for (int i = steps < 2 ? 0 : random.nextInt(3); i > 0; i--) {
      int after = 1 + random.nextInt(steps - 1);
      exclusions.add(new Between(after, after + 1 + random.nextInt(steps - after)));
    }
    long from = random.nextInt(3);
    return new ChainOracle(
        steps,
        from,
        from + 2 + random.nextInt(INSTANTS),
        1 + random.nextInt(INSTANTS),
        random.nextInt(4) == 0,
        exclusions);
  }

  List<Event> unit(ChainOracle rules) {
    List<Event> events = new ArrayList<>();
    int span = 1 + random.nextInt(INSTANTS);
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      events.add(
          new Event(
              random.nextInt(span),
              some(1, rules.steps(), 40),
              some(0, rules.exclusions().size() - 1, 25),
              value()));
    }
    return events;
  }

  private List<Integer> some(int first, int last, int percent) {
    List<Integer> some = new ArrayList<>();
    for (int number = first; number <= last; number++) {
      if (random.nextInt(100) < percent) {
        some.add(number);
      }
    }
    return some;
  }

  private @Nullable String value() {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> "a";
      case 2 -> "b";
      default -> "c";
    };
  }
}
