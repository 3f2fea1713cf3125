package io.tidemark.partition;

import io.tidemark.record.FactTable;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;

/// Which event times detail may have. Pure: the caller brings the clock.
public final class RetentionPolicy {

  /// How far ahead of the server's clock an event time may lie: clocks of clients are wrong.
  public static final Duration FUTURE_TOLERATED = Duration.ofHours(24);

  private final RetentionProperties properties;

  public RetentionPolicy(RetentionProperties properties) {
    this.properties = properties;
  }

  /// How long detail of that table is kept.
  public Period detailKept(FactTable table) {
    return switch (table) {
      case USER_EVENT -> properties.userEvent();
      case CONVERSION_FUNNEL -> properties.conversionFunnel();
      case PERFORMANCE_METRIC -> properties.performanceMetric();
      case API_RESPONSE_TIME -> properties.apiResponseTime();
    };
  }

  /// Event times before this are too old for that table.
  public Instant oldestKept(FactTable table, Instant now) {
    return now.atZone(ZoneOffset.UTC).minus(detailKept(table)).toInstant();
  }

  public boolean isTooOld(FactTable table, Instant at, Instant now) {
    return at.isBefore(oldestKept(table, now));
  }

  public boolean isTooFarAhead(Instant at, Instant now) {
    return at.isAfter(now.plus(FUTURE_TOLERATED));
  }
}
