package io.tidemark.demo;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One record of the native intake, as the sample app sends it.
sealed interface SampleRecord {

  Stamp stamp();

  default Instant timestamp() {
    return stamp().timestamp();
  }

  /// What every record carries. Either `userId` or `anonymousId` is there.
  record Stamp(
      String id,
      Instant timestamp,
      @Nullable String userId,
      @Nullable String anonymousId,
      String sessionId) {}

  /// `user_event`
  record Event(Stamp stamp, String eventType, String page, Map<String, String> properties)
      implements SampleRecord {}

  /// `conversion_funnel`
  record FunnelStep(Stamp stamp, String step, @Nullable Effect effect) implements SampleRecord {}

  /// `performance_metric`; the unit is absent for a bare number.
  record Metric(
      Stamp stamp,
      String metric,
      double value,
      @Nullable String unit,
      String page,
      Map<String, String> properties)
      implements SampleRecord {}

  /// `api_response_time`
  record Call(Stamp stamp, Endpoint.Answer answer) implements SampleRecord {}

  /// `user`: who the stamp's user is.
  record Person(Stamp stamp, Tier tier, Map<String, String> traits) implements SampleRecord {}

  /// `subscription`: the stamp's id is the subscription's id. It is canceled when `endedAt` is
  /// there.
  record Subscription(Stamp stamp, Tier tier, Instant startedAt, @Nullable Instant endedAt)
      implements SampleRecord {}
}
