package io.tidemark.bench.ingest;

import io.tidemark.bench.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What came out, with all that it depends on.
///
/// @param conditions machine, versions and settings, by name
/// @param slots every measurement
/// @param checkpoints empty when that phase was not asked for
record IngestReport(
    Map<String, String> conditions, List<Slot> slots, List<CheckpointRun.Effect> checkpoints) {

  String text() {
    StringBuilder text = new StringBuilder();
    conditions.forEach((name, value) -> text.append("%-12s %s%n".formatted(name, value)));
    text.append('\n').append(rates()).append('\n').append(costs());
    long checkpointsMeanwhile = slots.stream().mapToLong(Slot::checkpoints).sum();
    if (checkpointsMeanwhile > 0) {
      text.append(
          "%nCheckpoints that began while measuring: %d. They slow down what follows: look at the spread.%n"
              .formatted(checkpointsMeanwhile));
    }
    long pushedBack = slots.stream().mapToLong(Slot::pushedBack).sum();
    if (pushedBack > 0) {
      text.append(
          "%nAnswers that asked to try later (429, 503): %,d. The senders waited and sent again.%n"
              .formatted(pushedBack));
    }
    if (!checkpoints.isEmpty()) {
      text.append('\n').append(checkpointTable());
    }
    return text.toString();
  }

  private TextTable rates() {
    TextTable table =
        new TextTable(
            "rows/s: median (least–most)",
            "accepted",
            "sustained, rollups caught up",
            "rows measured");
    byContender()
        .forEach((contender, rounds) ->
            table.add(
                contender,
                Spread.of(rounds, Slot::acceptedPerSecond).toString(),
                Spread.of(rounds, Slot::sustainedPerSecond).toString(),
                "%,d".formatted(rounds.stream().mapToLong(Slot::rows).sum())));
    return table;
  }

  private TextTable costs() {
    TextTable table =
        new TextTable(
            "per row: medians",
            "CPU µs",
            "server",
            "PostgreSQL",
            "WAL bytes",
            "disk: rows",
            "identities",
            "rollups etc.");
    byContender()
        .forEach((contender, rounds) ->
            table.add(
                contender,
                perRow(rounds, slot -> slot.serverCpuMicros() + slot.postgresCpuMicros()),
                perRow(rounds, Slot::serverCpuMicros),
                perRow(rounds, Slot::postgresCpuMicros),
                perRow(rounds, Slot::walBytes),
                perRow(rounds, slot -> slot.grown().rows()),
                perRow(rounds, slot -> slot.grown().identities()),
                perRow(rounds, slot -> slot.grown().others())));
    return table;
  }

  private TextTable checkpointTable() {
    TextTable table =
        new TextTable(
            "rows/s around a checkpoint",
            "steady before",
            "after",
            "slowest second",
            "seconds below half");
    for (CheckpointRun.Effect effect : checkpoints) {
      table.add(
          effect.contender(),
          "%,.0f".formatted(effect.steadyPerSecond()),
          "%,.0f".formatted(effect.afterPerSecond()),
          "%,d".formatted(effect.slowestSecond()),
          "%d of %d".formatted(effect.slowSeconds(), effect.after().size()));
    }
    return table;
  }

  private Map<String, List<Slot>> byContender() {
    return slots.stream()
        .collect(Collectors.groupingBy(Slot::contender, LinkedHashMap::new, Collectors.toList()));
  }

  private static String perRow(List<Slot> rounds, java.util.function.ToLongFunction<Slot> amount) {
    double median = Spread.of(rounds, slot -> slot.perRow(amount.applyAsLong(slot))).median();
    return String.format(Locale.ROOT, median < 100 ? "%,.1f" : "%,.0f", median);
  }
}
