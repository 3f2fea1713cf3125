package io.tidemark.capture.accesslog;

/// What became of a record of the log.
public enum RecordFate {
  STORED,
  /// By an earlier import of the same lines.
  STORED_BEFORE,
  REFUSED,
  TOO_OLD,
  TOO_FAR_AHEAD
}
