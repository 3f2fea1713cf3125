package io.tidemark.rollup;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The lengths of time that rollups are kept by.
public enum Grain {
  MINUTE(ChronoUnit.MINUTES),
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS);

  private final ChronoUnit unit;

  Grain(ChronoUnit unit) {
    this.unit = unit;
  }

  public static Optional<Grain> named(String name) {
    return Arrays.stream(values()).filter(grain -> grain.columnValue().equals(name)).findFirst();
  }

  public ChronoUnit unit() {
    return unit;
  }

  /// What the column `grain` says.
  public String columnValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
