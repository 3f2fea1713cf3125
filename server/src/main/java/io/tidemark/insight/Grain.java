package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/// The lengths of time that rollups are kept by.
enum Grain {
  MINUTE(ChronoUnit.MINUTES),
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS);

  private final ChronoUnit unit;

  Grain(ChronoUnit unit) {
    this.unit = unit;
  }

  /// @throws ProblemException if there is no such grain
  static Grain named(String interval) {
    return Arrays.stream(values())
        .filter(grain -> grain.columnValue().equals(interval))
        .findFirst()
        .orElseThrow(() ->
            ProblemException.invalidField("interval", "interval must be minute, hour or day"));
  }

  ChronoUnit unit() {
    return unit;
  }

  String columnValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
