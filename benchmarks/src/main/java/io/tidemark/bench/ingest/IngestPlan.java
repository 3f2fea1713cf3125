package io.tidemark.bench.ingest;

import java.time.Duration;

/// How long and how often is measured.
///
/// @param warmUp of each contender, once, before the first round
/// @param round of each contender
/// @param checkpointWindow before and after the checkpoint of the checkpoint phase
record IngestPlan(Duration warmUp, Duration round, int rounds, Duration checkpointWindow) {

  /// A lower bound, for the person who waits: catching up comes on top.
  Duration leastTime(int contenders) {
    return warmUp.plus(round.multipliedBy(rounds)).multipliedBy(contenders);
  }
}
