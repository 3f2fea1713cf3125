package io.tidemark.bench.rows;

import org.jspecify.annotations.Nullable;

/// A row to store, the same for everyone who stores it, without id and timestamp.
public sealed interface SampleRow {

  String userId();

  String sessionId();

  /// A call of the app's API.
  record ApiCall(
      String userId,
      String sessionId,
      String endpoint,
      String method,
      int statusCode,
      double responseTimeMillis,
      boolean cacheHit)
      implements SampleRow {}

  /// An interaction.
  ///
  /// @param properties a JSON object
  record Event(
      String userId, String sessionId, String eventType, String page, @Nullable String properties)
      implements SampleRow {}

  /// A sample of a metric.
  record Metric(
      String userId, String sessionId, String metric, double value, String unit, String page)
      implements SampleRow {}

  /// A step of the funnel.
  record FunnelStep(String userId, String sessionId, String step, String effectId)
      implements SampleRow {}
}
