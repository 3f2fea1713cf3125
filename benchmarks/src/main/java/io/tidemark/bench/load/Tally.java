package io.tidemark.bench.load;

import java.util.concurrent.atomic.LongAdder;

/// Counts what happened while it is measured; before and after, nothing. Thread-safe.
final class Tally {

  private final LatencyTable latencies = new LatencyTable();
  private final LongAdder stored = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unmeasuredFailures = new LongAdder();
  private volatile boolean isMeasuring;
  private volatile long startedNanos;
  private volatile long endedNanos;

  void start() {
    startedNanos = System.nanoTime();
    isMeasuring = true;
  }

  void end() {
    if (isMeasuring) {
      isMeasuring = false;
      endedNanos = System.nanoTime();
    }
  }

  boolean isMeasuring() {
    return isMeasuring;
  }

  /// How long was measured; 0 when the measuring never began.
  double seconds() {
    return (endedNanos - startedNanos) / 1e9;
  }

  void answered(String kind, int millis) {
    if (isMeasuring) {
      latencies.succeeded(kind, millis);
    }
  }

  void failed(String kind, String reason) {
    if (isMeasuring) {
      latencies.failed(kind, reason);
      return;
    }
    unmeasuredFailures.increment();
  }

  /// @param sent records in a batch that was answered
  /// @param accepted how many of them were stored
  void recorded(int sent, int accepted) {
    if (isMeasuring) {
      stored.add(accepted);
      refused.add(sent - accepted);
    }
  }

  LatencyTable latencies() {
    return latencies;
  }

  long stored() {
    return stored.sum();
  }

  /// Records of answered batches that were not stored.
  long refused() {
    return refused.sum();
  }

  /// Failures before everyone was there.
  long unmeasuredFailures() {
    return unmeasuredFailures.sum();
  }
}
