package io.tidemark.insight.walk;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as PostgreSQL sends them: microseconds since 2000.
public final class Micros {

  private static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

  private Micros() {}

  /// A part of a microsecond counts as one.
  public static long of(Instant instant) {
    return (instant.getEpochSecond() - ORIGIN.getEpochSecond()) * 1_000_000
        + (instant.getNano() + 999) / 1_000;
  }

  /// A part of a microsecond does not count.
  public static long of(Duration duration) {
    return duration.dividedBy(ChronoUnit.MICROS.getDuration());
  }

  public static Instant instant(long micros) {
    return ORIGIN.plus(micros, ChronoUnit.MICROS);
  }
}
