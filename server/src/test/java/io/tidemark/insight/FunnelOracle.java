package io.tidemark.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ordered funnel by trying every chain of completions of every person: slow and plain.
record FunnelOracle(List<String> steps, TimeRange range, Duration window) {

  record Completion(long person, Instant at, String step) {}

  /// What the funnel says of a step.
  ///
  /// @param medianSeconds from the first step; null when nobody reached it
  record Reached(long people, @Nullable Double medianSeconds) {}

  /// @param people the completions of each
  List<Reached> reached(Collection<List<Completion>> people) {
    List<List<Double>> took = new ArrayList<>();
    steps.forEach(_ -> took.add(new ArrayList<>()));
    for (List<Completion> completions : people) {
      shortest(completions)
          .forEach((step, duration) -> took.get(step - 1).add(duration.toNanos() / 1e9));
    }
    return took.stream().map(each -> new Reached(each.size(), median(each))).toList();
  }

  /// How long the quickest chain took, for each number of steps that any chain has.
  Map<Integer, Duration> shortest(List<Completion> completions) {
    Map<Integer, Duration> shortest = new TreeMap<>();
    extend(completions, new ArrayList<>(), shortest);
    return shortest;
  }

  /// How far a walk comes that takes the first completion that fits and never looks back.
  int firstCome(List<Completion> completions) {
    List<Completion> chain = new ArrayList<>();
    completions.stream()
        .sorted(Comparator.comparing(Completion::at))
        .forEach(completion -> {
          if (follows(chain, completion)) {
            chain.add(completion);
          }
        });
    return chain.size();
  }

  private void extend(
      List<Completion> left, List<Completion> chain, Map<Integer, Duration> shortest) {
    for (int i = 0; i < left.size(); i++) {
      Completion next = left.get(i);
      if (follows(chain, next)) {
        List<Completion> longer = new ArrayList<>(chain);
        longer.add(next);
        List<Completion> others = new ArrayList<>(left);
        others.remove(i);
        shortest.merge(
            longer.size(),
            Duration.between(longer.getFirst().at(), next.at()),
            (known, took) -> known.compareTo(took) < 0 ? known : took);
        extend(others, longer, shortest);
      }
    }
  }

  private boolean follows(List<Completion> chain, Completion next) {
    if (chain.size() == steps.size() || !next.step().equals(steps.get(chain.size()))) {
      return false;
    }
    if (chain.isEmpty()) {
      return !next.at().isBefore(range.from()) && next.at().isBefore(range.to());
    }
    return !next.at().isBefore(chain.getLast().at())
        && !next.at().isAfter(chain.getFirst().at().plus(window));
  }

  private static @Nullable Double median(List<Double> seconds) {
    if (seconds.isEmpty()) {
      return null;
    }
    List<Double> sorted = seconds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : Double.valueOf((sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }
}
