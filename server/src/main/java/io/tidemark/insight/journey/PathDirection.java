package io.tidemark.insight.journey;

/// Where a path leads from the event.
public enum PathDirection {
  AFTER,
  BEFORE
}
