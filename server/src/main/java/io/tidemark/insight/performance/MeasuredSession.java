package io.tidemark.insight.performance;

import io.tidemark.insight.walk.SessionRule;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.Arrays;

/// A session as what was measured in it tells it, up to its conversion. Times are microseconds. Not
/// thread-safe.
final class MeasuredSession {

  /// What has more was made by a machine.
  static final int MOST_MEASURES = 200_000;

  private static final long NEVER = Long.MAX_VALUE;
  private static final double FRACTION = 0.75;

  private final long name;
  private final long began;
  private long last;
  private long converted = NEVER;
  private double[] values = new double[4];
  private int[] kinds = new int[4];
  private int count;
  private boolean isTooLong;

  /// What its measures said last, and when.
  private int said = ValueNumbers.NONE;

  private long saidAt = PerformanceWalk.NEVER;
  private int stratum = ValueNumbers.NONE;

  /// @param name a hash of the client's; 0 for none
  MeasuredSession(long name, long began) {
    this.name = name;
    this.began = began;
    this.last = began;
  }

  /// Whether a measure at that time is not in it any more.
  boolean isOver(long at) {
    return SessionRule.isOver(name != 0, began, last, at);
  }

  /// Whether no measure can follow.
  ///
  /// @param at no later one is before
  boolean isSilent(long at) {
    return SessionRule.isSilent(name != 0, last, at);
  }

  /// After those that were before it. What comes after the conversion makes the session longer
  /// only.
  void add(long at, double value, int kind) {
    last = at;
    if (at > converted) {
      return;
    }
    if (count == MOST_MEASURES) {
      isTooLong = true;
      return;
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
      kinds = Arrays.copyOf(kinds, count * 2);
    }
    values[count] = value;
    kinds[count++] = kind;
  }

  /// A measure of it said a value of the breakdown, or none; of several at an instant the last one
  /// in order counts.
  void say(int value, long at, ValueNumbers values) {
    if (value != ValueNumbers.NONE) {
      said = saidAt == at ? values.greater(said, value) : value;
      saidAt = at;
    }
  }

  /// What its person's events had said at the instant of its newest measure; what its measures said
  /// at the same instant goes before.
  void hear(int ofPerson, long at) {
    stratum = said == ValueNumbers.NONE || saidAt < at ? ofPerson : said;
  }

  /// Its person converted, after the measures that were up to then. Whether the session did is
  /// known when it has ended.
  void convert(long at) {
    converted = Math.min(converted, at);
  }

  /// Whether nothing that follows can change it, once it is over.
  ///
  /// @param at nothing that follows is before
  boolean isSettled(long within, long at) {
    return converted != NEVER || at > last + within;
  }

  boolean isConverted(long within) {
    return converted != NEVER && converted <= last + within;
  }

  /// Whether it has more measures than people make.
  boolean isTooLong() {
    return isTooLong;
  }

  int count() {
    return count;
  }

  double value(int measure) {
    return values[measure];
  }

  int kind(int measure) {
    return kinds[measure];
  }

  /// Number of the value of the breakdown at its end.
  int stratum() {
    return stratum;
  }

  /// The 75th percentile of what was measured, by nearest rank.
  double met() {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(FRACTION * count) - 1];
  }

  /// What it takes in memory.
  long bytes() {
    return 120 + (long) values.length * (Double.BYTES + Integer.BYTES);
  }
}
