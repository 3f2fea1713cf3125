package io.tidemark.bench.questions;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws from a few things of which some are drawn more often than others.
final class Skewed<T> {

  private final List<T> things;
  private final double[] reached;

  /// @param weights one for each thing, above 0
  Skewed(List<T> things, double... weights) {
    if (weights.length != things.size()) {
      throw new IllegalArgumentException("one weight for each thing");
    }
    this.things = List.copyOf(things);
    this.reached = weights.clone();
    Arrays.parallelPrefix(reached, Double::sum);
  }

  /// The n-th is drawn 1/n to the power of `exponent` as often as the first.
  static <T> Skewed<T> byRank(List<T> things, double exponent) {
    double[] weights = new double[things.size()];
    for (int rank = 0; rank < weights.length; rank++) {
      weights[rank] = Math.pow(rank + 1, -exponent);
    }
    return new Skewed<>(things, weights);
  }

  List<T> things() {
    return things;
  }

  T draw(RandomGenerator random) {
    double place = random.nextDouble() * reached[reached.length - 1];
    int index = Arrays.binarySearch(reached, place);
    return things.get(Math.min(index < 0 ? -index - 1 : index + 1, reached.length - 1));
  }
}
