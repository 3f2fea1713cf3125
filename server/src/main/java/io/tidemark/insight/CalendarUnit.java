package io.tidemark.insight;

import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// How long the intervals of a calendar are.
public enum CalendarUnit {
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS),
  WEEK(ChronoUnit.WEEKS),
  MONTH(ChronoUnit.MONTHS);

  private final ChronoUnit unit;

  CalendarUnit(ChronoUnit unit) {
    this.unit = unit;
  }

  ChronoUnit chronoUnit() {
    return unit;
  }

  /// As documents and answers say it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
