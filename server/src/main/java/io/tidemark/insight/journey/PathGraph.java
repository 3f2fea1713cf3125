package io.tidemark.insight.journey;

import io.tidemark.insight.journey.PathsAnswer.Edge;
import io.tidemark.insight.journey.PathsAnswer.Node;
import io.tidemark.insight.walk.TextOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds paths up to a graph. Not thread-safe.
final class PathGraph implements SessionGathering<PathTrail> {

  private static final String EVENT = "event";
  private static final String OTHER = "other";
  private static final String NONE = "none";

  /// A place in a path.
  ///
  /// @param happened null where the session has no more
  private record Stop(int level, @Nullable Happened happened) {}

  private record Move(Stop from, Stop to) {}

  private record Pair(int from, int to) {}

  private final String anchor;
  private final boolean isAfter;
  private final int levels;
  private final Map<Stop, Long> stops = new HashMap<>();
  private final Map<Move, Long> moves = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Stop, Integer> places = new HashMap<>();
  private long sessions;

  /// @param anchor what the event is called that paths begin at
  /// @param isAfterEvent whether paths lead from it, else to it
  PathGraph(String anchor, boolean isAfterEvent, int levels) {
    this.anchor = anchor;
    this.isAfter = isAfterEvent;
    this.levels = levels;
  }

  @Override
  public PathTrail begin() {
    return new PathTrail(isAfter, levels);
  }

  @Override
  public void gather(PathTrail session, Happened happened, boolean isMeant) {
    session.add(happened, isMeant);
  }

  @Override
  public void ended(SessionWalk.Ended<PathTrail> session) {
    if (!session.gathered().hasMeant()) {
      return;
    }
    sessions++;
    List<Happened> steps = session.gathered().steps();
    Stop from = new Stop(0, null);
    for (int level = 1; level <= Math.min(steps.size() + 1, levels); level++) {
      Stop to = new Stop(level, level <= steps.size() ? steps.get(level - 1) : null);
      stops.merge(to, 1L, Long::sum);
      moves.merge(new Move(from, to), 1L, Long::sum);
      from = to;
    }
  }

  long sessions() {
    return sessions;
  }

  /// Level by level. To be asked once, before the edges.
  ///
  /// @param isStep whether the event itself is a step
  /// @param most how many events are shown on each level
  List<Node> nodes(boolean isStep, int most) {
    add(new Node(0, EVENT, anchor, isStep, sessions), List.of(new Stop(0, null)));
    for (int level = 1; level <= levels; level++) {
      List<Stop> ranked = ranked(level);
      List<Stop> shown = ranked.subList(0, Math.min(most, ranked.size()));
      for (Stop stop : shown) {
        Happened happened = stop.happened();
        if (happened != null) {
          add(node(level, EVENT, happened, List.of(stop)), List.of(stop));
        }
      }
      List<Stop> others = ranked.subList(shown.size(), ranked.size());
      if (!others.isEmpty()) {
        add(node(level, OTHER, null, others), others);
      }
      Stop none = new Stop(level, null);
      if (stops.containsKey(none)) {
        add(node(level, NONE, null, List.of(none)), List.of(none));
      }
    }
    return nodes;
  }

  /// Between the nodes, by these.
  List<Edge> edges() {
    Map<Pair, Long> counts =
        new TreeMap<>(Comparator.comparingInt(Pair::from).thenComparingInt(Pair::to));
    moves.forEach((move, count) ->
        counts.merge(new Pair(place(move.from()), place(move.to())), count, Long::sum));
    List<Edge> edges = new ArrayList<>();
    counts.forEach((pair, count) -> edges.add(new Edge(pair.from(), pair.to(), count)));
    return edges;
  }

  private List<Stop> ranked(int level) {
    return stops.entrySet().stream()
        .filter(each -> each.getKey().level() == level && each.getKey().happened() != null)
        .sorted(
            Map.Entry.<Stop, Long>comparingByValue()
                .reversed()
                .thenComparing(each -> order(each.getKey()), TextOrder.NULLS_LAST))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// By name, events before steps.
  private static String order(Stop stop) {
    Happened happened = stop.happened();
    return happened == null ? "" : happened.name() + "\0" + (happened.isStep() ? 1 : 0);
  }

  private Node node(int level, String kind, @Nullable Happened happened, List<Stop> of) {
    return new Node(
        level,
        kind,
        happened == null ? null : happened.name(),
        happened != null && happened.isStep(),
        of.stream().mapToLong(stop -> stops.getOrDefault(stop, 0L)).sum());
  }

  private void add(Node node, List<Stop> of) {
    of.forEach(stop -> places.put(stop, nodes.size()));
    nodes.add(node);
  }

  private int place(Stop stop) {
    return places.getOrDefault(stop, 0);
  }
}
