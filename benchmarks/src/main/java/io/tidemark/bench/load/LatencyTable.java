package io.tidemark.bench.load;

import io.tidemark.bench.TextTable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Response times by kind of request, to the millisecond, and what went wrong. Thread-safe.
final class LatencyTable {

  /// Longer ones count as this one.
  static final int LONGEST_MILLIS = 60_000;

  private static final class Kind {
    private final AtomicLongArray countByMillis = new AtomicLongArray(LONGEST_MILLIS + 1);
    private final LongAdder failed = new LongAdder();
  }

  private final Map<String, Kind> kinds = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();

  void succeeded(String kind, int millis) {
    of(kind).countByMillis.incrementAndGet(Math.clamp(millis, 0, LONGEST_MILLIS));
  }

  /// @param reason in a few words, the same for what is alike
  void failed(String kind, String reason) {
    of(kind).failed.increment();
    failures.computeIfAbsent(kind + ": " + reason, any -> new LongAdder()).increment();
  }

  /// Requests of all kinds.
  long requests() {
    return kinds.values().stream().mapToLong(kind -> total(kind) + kind.failed.sum()).sum();
  }

  /// Share of the requests of all kinds that failed, 0 to 1; 0 when there were none.
  double errorRate() {
    long requests = requests();
    long failed = kinds.values().stream().mapToLong(kind -> kind.failed.sum()).sum();
    return requests == 0 ? 0 : failed / (double) requests;
  }

  /// By nearest rank: the least time that at least this share of the good answers stayed within.
  ///
  /// @return -1 when there were none
  int percentileMillis(String kind, double share) {
    Kind measured = kinds.get(kind);
    long total = measured == null ? 0 : total(measured);
    if (measured == null || total == 0) {
      return -1;
    }
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long reached = 0;
    int millis = -1;
    while (reached < rank) {
      millis++;
      reached += measured.countByMillis.get(millis);
    }
    return millis;
  }

  /// How often what went wrong.
  Map<String, Long> failures() {
    Map<String, Long> counts = new TreeMap<>();
    failures.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }

  TextTable table(double seconds) {
    TextTable table =
        new TextTable(
            "milliseconds", "p50", "p95", "p99", "longest", "requests", "requests/s", "errors");
    kinds.forEach((name, kind) -> {
      long good = total(kind);
      long all = good + kind.failed.sum();
      table.add(
          name,
          cell(name, 0.5),
          cell(name, 0.95),
          cell(name, 0.99),
          cell(name, 1),
          "%,d".formatted(all),
          "%,.1f".formatted(all / seconds),
          "%.3f %%".formatted(100.0 * (all - good) / Math.max(1, all)));
    });
    return table;
  }

  private String cell(String kind, double share) {
    int millis = percentileMillis(kind, share);
    return millis < 0 ? "–" : "%,d".formatted(millis);
  }

  private static long total(Kind kind) {
    long total = 0;
    for (int millis = 0; millis <= LONGEST_MILLIS; millis++) {
      total += kind.countByMillis.get(millis);
    }
    return total;
  }

  private Kind of(String kind) {
    return kinds.computeIfAbsent(kind, any -> new Kind());
  }
}
