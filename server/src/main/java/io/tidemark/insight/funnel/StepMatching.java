package io.tidemark.insight.funnel;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Rows of one instant shared out among steps that follow each other, one row for each. Kuhn's
/// algorithm: who finds everything taken makes the others move. Not thread-safe.
final class StepMatching {

  private static final int NOBODY = -1;

  private final int[] rowOfStep = new int[FunnelRules.MOST_STEPS];
  private final boolean[] isStepTried = new boolean[FunnelRules.MOST_STEPS];
  private int[] stepOfRow = new int[8];
  private boolean[] isRowTried = new boolean[8];
  private int[] rows = {};
  private int count;

  /// @param rows of the instant, as bits; the first `count`
  void start(int[] rows, int count) {
    this.rows = rows;
    this.count = count;
    if (stepOfRow.length < count) {
      stepOfRow = new int[count * 2];
      isRowTried = new boolean[count * 2];
    }
    Arrays.fill(stepOfRow, 0, count, NOBODY);
  }

  /// Finds a row for one step more, besides those that were added.
  ///
  /// @return whether there is one
  boolean add(int step) {
    Arrays.fill(isRowTried, 0, count, false);
    return placeStep(step);
  }

  /// The step that a row was found for; below 0 for none.
  int stepOf(int row) {
    return stepOfRow[row];
  }

  /// Whether a row can be the first step while others are the steps up to the last.
  boolean canBegin(int[] rows, int count, int first, int lastStep) {
    start(rows, count);
    for (int step = 1; step <= lastStep; step++) {
      Arrays.fill(isRowTried, 0, count, false);
      isRowTried[first] = true;
      if (!placeStep(step)) {
        return false;
      }
    }
    return true;
  }

  /// Whether each row that is critical can be a step from one to another of its own. If these steps
  /// could all be added as well, then both can be had at once (Mendelsohn and Dulmage).
  boolean canUse(IntPredicate isCritical, int firstStep, int lastStep) {
    Arrays.fill(rowOfStep, NOBODY);
    for (int row = 0; row < count; row++) {
      if (isCritical.test(rows[row])) {
        Arrays.fill(isStepTried, false);
        if (!placeRow(row, firstStep, lastStep)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean placeStep(int step) {
    for (int row = 0; row < count; row++) {
      if (FunnelRules.isStep(rows[row], step) && !isRowTried[row]) {
        isRowTried[row] = true;
        if (stepOfRow[row] == NOBODY || placeStep(stepOfRow[row])) {
          stepOfRow[row] = step;
          return true;
        }
      }
    }
    return false;
  }

  private boolean placeRow(int row, int firstStep, int lastStep) {
    for (int step = firstStep; step <= lastStep; step++) {
      if (FunnelRules.isStep(rows[row], step) && !isStepTried[step]) {
        isStepTried[step] = true;
        if (rowOfStep[step] == NOBODY || placeRow(rowOfStep[step], firstStep, lastStep)) {
          rowOfStep[step] = row;
          return true;
        }
      }
    }
    return false;
  }
}
