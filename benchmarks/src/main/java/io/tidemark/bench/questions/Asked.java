package io.tidemark.bench.questions;

import java.util.List;

/// What came of asking one question again and again.
///
/// @param tidemarkMillis of each round
/// @param reportMillis of each round; empty when the report has no such question
/// @param lagMillis how far behind each of Tidemark's answers said it was; empty for SQL
record Asked(
    Question question,
    List<Double> tidemarkMillis,
    List<Double> reportMillis,
    List<Double> lagMillis) {

  Asked {
    tidemarkMillis = List.copyOf(tidemarkMillis);
    reportMillis = List.copyOf(reportMillis);
    lagMillis = List.copyOf(lagMillis);
  }
}
