package io.tidemark.insight.funnel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The definition of a funnel, by trying everything: all orders in which the rows of a unit can
/// stand (those of one instant in any), and in each all ways to choose rows as steps.
///
/// @param from first instant at which the first step counts
/// @param before first instant at which it no longer does
/// @param exclusions the steps after which and before which each counts, from 1
public record ChainOracle(
    int steps, long from, long before, long window, boolean strict, List<Between> exclusions) {

  public record Between(int after, int before) {}

  /// @param steps those that it can be, from 1
  /// @param exclusions those that it is, from 0
  public record Event(
      long at, List<Integer> steps, List<Integer> exclusions, @Nullable String value) {}

  /// @param quickest how long the quickest way to each step took, from 1
  /// @param began when the best way began: the furthest, the quickest of those, the first of those,
  ///   and of those the one with the first value
  /// @param value of that way's first step
  public record Reached(Map<Integer, Long> quickest, long began, @Nullable String value) {

    public int steps() {
      return quickest.size();
    }
  }

  private static final Comparator<@Nullable String> UNKNOWN_LAST =
      Comparator.nullsLast(Comparator.naturalOrder());

  /// A chain as far as it has come in an order.
  private record Chain(int taken, long began, @Nullable String value) {}

  /// A way to a step, and the value of its first one.
  private record Way(int step, long took, long began, @Nullable String value) {}

  public Reached reached(List<Event> events) {
    List<Way> ways = new ArrayList<>();
    extend(List.copyOf(events), new Chain(0, 0, null), ways);
    Map<Integer, Long> quickest = new TreeMap<>();
    ways.forEach(way -> quickest.merge(way.step(), way.took(), Math::min));
    Way best =
        ways.stream()
            .min(
                Comparator.comparingInt((Way way) -> -way.step())
                    .thenComparingLong(Way::took)
                    .thenComparingLong(Way::began)
                    .thenComparing(Way::value, UNKNOWN_LAST))
            .orElse(new Way(0, 0, 0, null));
    return new Reached(quickest, best.began(), best.value());
  }

  /// How far a walk comes that takes the first row that fits and never looks back.
  int firstCome(List<Event> events) {
    int taken = 0;
    long began = 0;
    for (Event event : events.stream().sorted(Comparator.comparingLong(Event::at)).toList()) {
      if (fits(event, new Chain(taken, began, null))) {
        began = taken == 0 ? event.at() : began;
        taken++;
      }
    }
    return taken;
  }

  private void extend(List<Event> left, Chain chain, List<Way> ways) {
    long now = left.stream().mapToLong(Event::at).min().orElse(0);
    for (int place = 0; place < left.size(); place++) {
      Event next = left.get(place);
      if (next.at() != now) {
        continue;
      }
      List<Event> others = new ArrayList<>(left);
      others.remove(place);
      if (fits(next, chain)) {
        long began = chain.taken() == 0 ? now : chain.began();
        String value = chain.taken() == 0 ? next.value() : chain.value();
        ways.add(new Way(chain.taken() + 1, now - began, began, value));
        extend(others, new Chain(chain.taken() + 1, began, value), ways);
      }
      if (chain.taken() == 0 || !isBrokenBy(next, chain.taken())) {
        extend(others, chain, ways);
      }
    }
  }

  private boolean fits(Event event, Chain chain) {
    if (chain.taken() == steps || !event.steps().contains(chain.taken() + 1)) {
      return false;
    }
    return chain.taken() == 0
        ? event.at() >= from && event.at() < before
        : event.at() - chain.began() <= window;
  }

  private boolean isBrokenBy(Event event, int taken) {
    return strict
        || event.exclusions().stream()
            .map(exclusions::get)
            .anyMatch(between -> between.after() <= taken && taken < between.before());
  }
}
