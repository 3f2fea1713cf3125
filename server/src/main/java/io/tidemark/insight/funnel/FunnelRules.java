package io.tidemark.insight.funnel;

import io.tidemark.insight.InsightProperties;
import java.util.List;

/// What a chain of steps must keep to. Times are in microseconds of one and the same origin.
///
/// A row is said as bits: bit n for the step n (from 0), bit 16 + n for the exclusion n; none for
/// what only lies between. The gap before step n is the gap n; a funnel of 5 steps has gaps 1 to 4.
///
/// @param steps how many there are, 1 to 16
/// @param beginsFrom the first instant at which the first step counts
/// @param beginsBefore the first instant at which it no longer does
/// @param window how long after the first step the others count, its end included
/// @param isStrict whether nothing may come between two steps
/// @param exclusions the gaps of each exclusion, as bits
record FunnelRules(
    int steps,
    long beginsFrom,
    long beginsBefore,
    long window,
    boolean isStrict,
    List<Integer> exclusions) {

  static final int MOST_STEPS = InsightProperties.MOST_FUNNEL_STEPS;
  static final int MOST_EXCLUSIONS = 8;

  /// Of rows that do not come between steps, however strict: exclusions of another table than the
  /// steps, and what only tells sessions apart.
  static final int ASIDE = 1 << (MOST_STEPS + MOST_EXCLUSIONS);

  FunnelRules {
    exclusions = List.copyOf(exclusions);
    if (steps < 1 || steps > MOST_STEPS || exclusions.size() > MOST_EXCLUSIONS) {
      throw new IllegalArgumentException("Too many steps or exclusions: " + steps);
    }
  }

  /// All gaps between the steps after which and before which, counted from 1.
  static int gaps(int after, int before) {
    return (1 << before) - (1 << after);
  }

  boolean begins(long at) {
    return at >= beginsFrom && at < beginsBefore;
  }

  static boolean isStep(int row, int step) {
    return (row >> step & 1) == 1;
  }

  /// The gaps in which the row, unless it is a step of the chain itself, ends a chain.
  int broken(int row) {
    if (isStrict && (row & ASIDE) == 0) {
      return gaps(1, steps);
    }
    int gaps = 0;
    for (int exclusion = 0; exclusion < exclusions.size(); exclusion++) {
      if ((row >> (MOST_STEPS + exclusion) & 1) == 1) {
        gaps |= exclusions.get(exclusion);
      }
    }
    return gaps;
  }
}
