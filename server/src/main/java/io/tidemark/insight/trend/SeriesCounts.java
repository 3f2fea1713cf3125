package io.tidemark.insight.trend;

import java.util.HashMap;
import java.util.Map;

/// What a series amounts to. Not thread-safe.
final class SeriesCounts {

  /// @param rank of the value in the breakdown, from 1; 0 for all others, and without breakdown
  /// @param place interval, from 1; [#ALL] for all of them together
  private record Cell(int rank, int place) {}

  /// All intervals together.
  static final int ALL = -1;

  private final Map<Cell, TrendCounts> cells = new HashMap<>();

  void addEvents(int rank, int place, long events, long eventsOfPeople) {
    TrendCounts known = at(rank, place);
    cells.put(
        new Cell(rank, place),
        new TrendCounts(
            known.events() + events, known.eventsOfPeople() + eventsOfPeople, known.people()));
  }

  void setPeople(int rank, int place, long people) {
    TrendCounts known = at(rank, place);
    cells.put(
        new Cell(rank, place), new TrendCounts(known.events(), known.eventsOfPeople(), people));
  }

  TrendCounts at(int rank, int place) {
    return cells.getOrDefault(new Cell(rank, place), TrendCounts.NONE);
  }
}
