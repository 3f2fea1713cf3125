package io.tidemark.insight.funnel;

/// Who takes the steps.
public enum FunnelUnit {
  PERSON,
  /// The client's session, of one person; without one, what lies between 30 minutes of silence.
  SESSION
}
