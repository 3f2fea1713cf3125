package io.tidemark.insight.question;

import io.tidemark.insight.InsightProperties;
import java.time.Duration;

/// What a question is for, and so how long it may take.
public enum WeightClass {
  /// What a page asks every few seconds: rollups of the last minutes.
  LIVE,
  /// What a page shows: rollups.
  DASHBOARD,
  /// What someone waits for: detail of weeks.
  ANALYTICS,
  /// Rows by the million, as CSV.
  EXPORT;

  /// Whether it may hold a connection for long.
  boolean isLong() {
    return this == ANALYTICS || this == EXPORT;
  }

  Duration timeout(InsightProperties.Timeout timeouts) {
    return switch (this) {
      case LIVE -> timeouts.live();
      case DASHBOARD -> timeouts.dashboard();
      case ANALYTICS -> timeouts.analytics();
      case EXPORT -> timeouts.export();
    };
  }
}
