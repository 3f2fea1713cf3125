package io.tidemark.insight.question;

/// What a question is for, and so how long its statements may run.
public enum WeightClass {
  /// What a page asks every few seconds: rollups of the last minutes.
  LIVE,
  /// What a page shows: rollups.
  DASHBOARD,
  /// What someone waits for: detail of weeks.
  ANALYTICS,
  /// Rows by the million, as CSV.
  EXPORT
}
