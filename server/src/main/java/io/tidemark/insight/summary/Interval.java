package io.tidemark.insight.summary;

import java.util.Locale;

/// How long the time is that a point stands for.
public enum Interval {
  MINUTE,
  HOUR,
  DAY;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
