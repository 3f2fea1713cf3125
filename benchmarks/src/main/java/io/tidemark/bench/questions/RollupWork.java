package io.tidemark.bench.questions;

/// What merging records into rollups took.
///
/// @param records merged
/// @param refreshes transactions that did it
/// @param seconds from their begin to their commit, added up
record RollupWork(long records, long refreshes, double seconds) {

  /// What came after an earlier reading.
  RollupWork since(RollupWork before) {
    return new RollupWork(
        records - before.records, refreshes - before.refreshes, seconds - before.seconds);
  }

  /// In one line.
  String describe() {
    if (records == 0 || refreshes == 0) {
      return "nothing was merged";
    }
    return "%,d records merged by %,d refreshes: %.1f µs a record, %,d records and %,.0f ms a refresh"
        .formatted(
            records,
            refreshes,
            seconds * 1e6 / records,
            records / refreshes,
            seconds * 1e3 / refreshes);
  }
}
