package io.tidemark.insight.journey;

import io.tidemark.insight.walk.PairIndex;
import java.util.ArrayList;
import java.util.List;

/// What can happen, by kind. Of several things at the same instant the one with the lower place
/// comes first. Not thread-safe.
final class Happenings {

  private final PairIndex places = new PairIndex();
  private final List<Happened> happened = new ArrayList<>();

  /// @param next comes after those that were added before
  void add(int kind, Happened next) {
    places.number(kind, 0);
    happened.add(next);
  }

  /// Of a kind that was added.
  int place(int kind) {
    return places.number(kind, 0);
  }

  Happened at(int place) {
    return happened.get(place);
  }
}
