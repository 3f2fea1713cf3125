package io.tidemark.insight.funnel;

import io.tidemark.insight.walk.ValueNumbers;
import io.tidemark.platform.ProblemException;
import java.util.Arrays;
import org.springframework.http.HttpStatus;

/// How far each unit (a person or a session) has come; fed with its rows in the order of time.
///
/// Of all chains that wait for the same step, the one that began last is the best one: whatever
/// completes another completes it too, and sooner after its beginning. So one beginning for each
/// step is all there is to carry (source: PostHog's funnel algorithm, funnel-udf/src/steps.rs).
///
/// Rows of one instant may stand in any order, whichever suits the chain. A chain comes to an
/// instant after some step, takes the next ones there, each with a row of its own, and goes on. A
/// row that ends chains in a gap and is not used can be put into any gap that the chain has at this
/// instant, and before its first step or after its last one. So it ends the chain only if it would
/// in all of these gaps, and the chain came from before and goes on after.
///
/// A chain has the value of the row that is its first step. Of ways that begin at the same instant
/// and have come equally far, the one whose value is the first in order is carried: which of them
/// is gone makes no other difference. Not thread-safe.
final class FunnelProgress {

  static final long NONE = Long.MIN_VALUE;
  private static final long BYTES_OF_CELL = 20;
  private static final long MOST_CELLS = Runtime.getRuntime().maxMemory() / 8 / BYTES_OF_CELL;

  private final FunnelRules rules;
  private final ValueNumbers values;
  private final int steps;
  private final StepMatching matching = new StepMatching();
  private final StepMatching otherMatching = new StepMatching();

  /// For each unit and step: the latest beginning of a chain that waits after that step.
  private long[] began = new long[1 << 10];

  /// The value of the breakdown at that beginning.
  private int[] beganWith = new int[1 << 10];

  /// For each unit and step: how long the quickest way to it took.
  private long[] quickest = new long[1 << 10];

  private long[] bestBegan = new long[1 << 8];
  private int[] bestValue = new int[1 << 8];
  private byte[] reached = new byte[1 << 8];
  private int units;
  private final long[] fresh;
  private final int[] freshWith;
  private final long[] before;
  private final int[] beforeWith;

  /// @param values numbers the values of the breakdown
  FunnelProgress(FunnelRules rules, ValueNumbers values) {
    this.rules = rules;
    this.values = values;
    this.steps = rules.steps();
    this.fresh = new long[steps];
    this.freshWith = new int[steps];
    this.before = new long[steps];
    this.beforeWith = new int[steps];
  }

  /// A unit that has done nothing yet; numbered from 0.
  ///
  /// @throws ProblemException when there are more than fit into an eighth of the memory
  int addUnit() {
    if ((units + 1L) * steps > MOST_CELLS) {
      throw ProblemException.of(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "funnel_too_large",
          "The funnel has more than %d people or sessions in it; ask for a shorter range"
              .formatted(units));
    }
    if ((units + 1) * steps > began.length) {
      int longer = Math.max(began.length * 2, steps);
      began = Arrays.copyOf(began, longer);
      beganWith = Arrays.copyOf(beganWith, longer);
      quickest = Arrays.copyOf(quickest, longer);
    }
    if (units == reached.length) {
      bestBegan = Arrays.copyOf(bestBegan, units * 2);
      bestValue = Arrays.copyOf(bestValue, units * 2);
      reached = Arrays.copyOf(reached, units * 2);
    }
    Arrays.fill(began, units * steps, (units + 1) * steps, NONE);
    return units++;
  }

  int units() {
    return units;
  }

  /// How many steps the unit took in order.
  int reached(int unit) {
    return reached[unit];
  }

  /// Microseconds of the quickest way from the first step to this one, which was reached.
  long quickest(int unit, int step) {
    return quickest[unit * steps + step];
  }

  /// When the chain began that came furthest, the quickest of those.
  long bestBegan(int unit) {
    return bestBegan[unit];
  }

  /// The value of the breakdown where that chain began.
  int bestValue(int unit) {
    return bestValue[unit];
  }

  /// Says the value of the breakdown for all chains of the unit, where it is known of its person.
  void setValue(int unit, int value) {
    bestValue[unit] = value;
  }

  /// One row that is alone at its instant.
  ///
  /// @param row as bits
  /// @param value of the breakdown, if it is a first step
  void take(int unit, long at, int row, int value) {
    int place = unit * steps;
    int broken = rules.broken(row);
    for (int step = steps - 1; step >= 0; step--) {
      long start = NONE;
      int with = value;
      if (FunnelRules.isStep(row, step)) {
        start = step == 0 ? beginning(at) : open(began[place + step - 1], at);
        with = step == 0 ? value : beganWith[place + step - 1];
      }
      if (start != NONE) {
        reach(unit, step, at, start, with);
      }
      if ((broken >> (step + 1) & 1) == 1) {
        began[place + step] = NONE;
      }
      carry(began, beganWith, place + step, start, with);
    }
  }

  /// All rows of one instant.
  ///
  /// @param rows as bits, the first `count`
  /// @param valueOfRow of the breakdown, of those that are a first step
  void take(int unit, long at, int[] rows, int count, int[] valueOfRow) {
    if (count == 1) {
      take(unit, at, rows[0], valueOfRow[0]);
      return;
    }
    int place = unit * steps;
    System.arraycopy(began, place, before, 0, steps);
    System.arraycopy(beganWith, place, beforeWith, 0, steps);
    Arrays.fill(fresh, NONE);
    int brokenHere = 0;
    for (int i = 0; i < count; i++) {
      brokenHere |= rules.broken(rows[i]);
    }
    if (beginning(at) != NONE) {
      begin(unit, at, rows, count, valueOfRow);
    }
    for (int first = 1; first < steps; first++) {
      long start = open(before[first - 1], at);
      if (start != NONE) {
        enter(unit, at, rows, count, first, start, beforeWith[first - 1]);
      }
    }
    for (int step = 0; step < steps; step++) {
      if ((brokenHere >> (step + 1) & 1) == 1) {
        began[place + step] = NONE;
      }
      carry(began, beganWith, place + step, fresh[step], freshWith[step]);
    }
  }

  /// A chain begins at this instant. Rows that it does not use stand before its first step.
  private void begin(int unit, long at, int[] rows, int count, int[] valueOfRow) {
    matching.start(rows, count);
    for (int last = 0; last < steps && matching.add(last); last++) {
      int value = firstValue(rows, count, valueOfRow, last);
      reach(unit, last, at, at, value);
      carry(fresh, freshWith, last, at, value);
    }
  }

  /// A chain from before takes all steps that it can at this instant, from one on.
  private void enter(int unit, long at, int[] rows, int count, int first, long start, int with) {
    int last = first - 1;
    matching.start(rows, count);
    while (last + 1 < steps && matching.add(last + 1)) {
      last++;
      reach(unit, last, at, start, with);
    }
    for (int step = first; step <= last; step++) {
      if (goesOn(first, step)) {
        carry(fresh, freshWith, step, start, with);
      }
    }
  }

  /// The first in order of the values of rows that can be the first step while others are the steps
  /// up to the last: those that are not used, and of those that are used the ones that can be
  /// spared.
  private int firstValue(int[] rows, int count, int[] valueOfRow, int last) {
    int value = ValueNumbers.NONE;
    for (int row = 0; row < count; row++) {
      if (FunnelRules.isStep(rows[row], 0) && matching.stepOf(row) <= 0) {
        value =
            value == ValueNumbers.NONE ? valueOfRow[row] : values.lesser(value, valueOfRow[row]);
      }
    }
    for (int row = 0; row < count; row++) {
      if (FunnelRules.isStep(rows[row], 0)
          && matching.stepOf(row) > 0
          && values.compare(valueOfRow[row], value) < 0
          && otherMatching.canBegin(rows, count, row, last)) {
        value = valueOfRow[row];
      }
    }
    return value;
  }

  /// Whether a chain that takes these steps at the instant is not ended by the rows it leaves.
  private boolean goesOn(int first, int last) {
    int gaps = FunnelRules.gaps(first, last + 2) & FunnelRules.gaps(1, steps);
    return matching.canUse(row -> (rules.broken(row) & gaps) == gaps, first, last);
  }

  private void reach(int unit, int step, long at, long start, int with) {
    int place = unit * steps + step;
    boolean isFurther = step >= reached[unit];
    long took = at - start;
    boolean isFurthest = step + 1 >= reached[unit];
    if (isFurther || took < quickest[place]) {
      quickest[place] = took;
      if (isFurthest) {
        bestBegan[unit] = start;
        bestValue[unit] = with;
      }
    } else if (isFurthest && took == quickest[place] && start == bestBegan[unit]) {
      bestValue[unit] = values.lesser(bestValue[unit], with);
    }
    if (isFurther) {
      reached[unit] = (byte) (step + 1);
    }
  }

  /// Keeps the later of two beginnings; of equal ones that with the first value in order.
  private void carry(long[] starts, int[] withs, int place, long start, int with) {
    if (start > starts[place]) {
      starts[place] = start;
      withs[place] = with;
    } else if (start != NONE && start == starts[place]) {
      withs[place] = values.lesser(withs[place], with);
    }
  }

  private long beginning(long at) {
    return rules.begins(at) ? at : NONE;
  }

  private long open(long start, long at) {
    return start != NONE && at - start <= rules.window() ? start : NONE;
  }
}
