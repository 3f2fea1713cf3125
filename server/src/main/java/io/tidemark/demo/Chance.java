package io.tidemark.demo;

import java.util.random.RandomGenerator;

/// The distributions that the sample traffic draws from.
final class Chance {

  private Chance() {}

  /// A factor with median 1: `exp(spread × gaussian)`. With a spread of 0.5 nine in ten lie between
  /// 0.44 and 2.3.
  static double lognormal(RandomGenerator random, double spread) {
    return Math.exp(spread * random.nextGaussian());
  }

  /// One of `choices`, each as likely as its place in `weights` says.
  static <T> T weighted(RandomGenerator random, T[] choices, int[] weights) {
    int total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int left = random.nextInt(total);
    int chosen = 0;
    while (left >= weights[chosen]) {
      left -= weights[chosen];
      chosen++;
    }
    return choices[chosen];
  }

  /// A seed that depends on all three numbers and on their order (the finalizer of SplitMix64
  /// between them).
  static long seed(long first, long second, long third) {
    return mix(mix(mix(first) + second) + third);
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
