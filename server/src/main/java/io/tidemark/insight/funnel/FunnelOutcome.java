package io.tidemark.insight.funnel;

/// What became of those who came to a step.
public enum FunnelOutcome {
  CONVERTED,
  DROPPED;

  /// Whether somebody who took so many steps is meant by the step of that number, from 1.
  boolean isOf(int step, int reached) {
    return this == CONVERTED ? reached >= step : reached == step - 1;
  }
}
