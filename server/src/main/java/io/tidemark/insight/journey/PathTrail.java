package io.tidemark.insight.journey;

import java.util.ArrayDeque;
import java.util.List;

/// A session's path to or from its first event that is meant. Not thread-safe.
final class PathTrail {

  private final boolean isAfter;
  private final int levels;
  private final ArrayDeque<Happened> steps = new ArrayDeque<>();
  private boolean hasMeant;

  PathTrail(boolean isAfter, int levels) {
    this.isAfter = isAfter;
    this.levels = levels;
  }

  void add(Happened happened, boolean isMeant) {
    if (!hasMeant && isMeant) {
      hasMeant = true;
      return;
    }
    if (isAfter && hasMeant && steps.size() < levels) {
      steps.addLast(happened);
    }
    if (!isAfter && !hasMeant) {
      steps.addFirst(happened);
      if (steps.size() > levels) {
        steps.removeLast();
      }
    }
  }

  boolean hasMeant() {
    return hasMeant;
  }

  /// What happened, the nearest first.
  List<Happened> steps() {
    return List.copyOf(steps);
  }
}
