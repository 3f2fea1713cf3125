package io.tidemark.bench.ingest;

/// What one contender did in one round.
///
/// @param rows stored
/// @param sendingSeconds until the last answer
/// @param settledSeconds until everything made from the rows was up to date as well
/// @param serverCpuMicros CPU time of the server's JVM, until settled; 0 when the rows did not go
///   through it
/// @param postgresCpuMicros CPU time of all of PostgreSQL, until settled
/// @param grown what the tables grew by
/// @param checkpoints how many began meanwhile
/// @param pushedBack answers that asked to try later
record Slot(
    String contender,
    int round,
    long rows,
    double sendingSeconds,
    double settledSeconds,
    long serverCpuMicros,
    long postgresCpuMicros,
    long walBytes,
    Disk grown,
    long checkpoints,
    long pushedBack) {

  double acceptedPerSecond() {
    return rows / sendingSeconds;
  }

  double sustainedPerSecond() {
    return rows / settledSeconds;
  }

  double perRow(long amount) {
    return rows == 0 ? 0 : amount / (double) rows;
  }
}
