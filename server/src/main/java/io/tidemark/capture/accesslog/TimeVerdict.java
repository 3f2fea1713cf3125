package io.tidemark.capture.accesslog;

/// Whether a fact table takes a time.
public enum TimeVerdict {
  TAKEN,
  /// Its detail would be aged out already.
  TOO_OLD,
  /// Later than any clock that is right.
  TOO_FAR_AHEAD
}
