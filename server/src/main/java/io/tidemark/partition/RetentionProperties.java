package io.tidemark.partition;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long detail is kept, by event time.
@ConfigurationProperties(prefix = "tidemark.retention", ignoreUnknownFields = false)
public record RetentionProperties(
    Period performanceMetric,
    Period apiResponseTime,
    Period userEvent,
    Period conversionFunnel,
    Period performanceAlert) {

  public RetentionProperties {
    requirePositive("performance-metric", performanceMetric);
    requirePositive("api-response-time", apiResponseTime);
    requirePositive("user-event", userEvent);
    requirePositive("conversion-funnel", conversionFunnel);
    requirePositive("performance-alert", performanceAlert);
  }

  private static void requirePositive(String key, Period period) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "tidemark.retention." + key + " must be a positive period such as P3M: " + period);
    }
  }
}
