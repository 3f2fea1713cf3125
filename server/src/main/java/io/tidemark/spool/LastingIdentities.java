package io.tidemark.spool;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Gives each record an identity that lasts, so that it can be offered more than once, however much
/// later, and is stored once. One that was sent without an id gets the time of arrival and 64
/// random bits. One that was sent without a timestamp is noted to be held on to. Thread-safe.
final class LastingIdentities {

  private final InstantSource clock;

  LastingIdentities(InstantSource clock) {
    this.clock = clock;
  }

  /// The same records in the same order. The state of a subscription needs none: stored twice it
  /// changes nothing.
  List<CapturedRecord> give(List<CapturedRecord> records) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return records.stream()
        .map(captured -> isLasting(captured.identity()) ? captured : identified(captured, now))
        .toList();
  }

  private static boolean isLasting(@Nullable RecordIdentity identity) {
    return identity != null && identity.sentAt() != null;
  }

  private static CapturedRecord identified(CapturedRecord captured, Instant now) {
    return switch (captured) {
      case UserEvent(var origin, var eventType, var page) ->
          new UserEvent(identified(origin, now), eventType, page);
      case FunnelStep(var origin, var step, var effectId) ->
          new FunnelStep(identified(origin, now), step, effectId);
      case MetricSample(var origin, var metric, var value, var unit, var page) ->
          new MetricSample(identified(origin, now), metric, value, unit, page);
      case ApiCall(
              var origin,
              var endpoint,
              var method,
              var statusCode,
              var responseTimeMillis,
              var cacheHit) ->
          new ApiCall(
              identified(origin, now), endpoint, method, statusCode, responseTimeMillis, cacheHit);
      case PersonDescription(var at, var identity, var person, var subscriptionTier, var traits) ->
          new PersonDescription(at, lasting(identity, now), person, subscriptionTier, traits);
      case SubscriptionState state -> state;
    };
  }

  private static FactOrigin identified(FactOrigin origin, Instant now) {
    return new FactOrigin(
        origin.at(),
        lasting(origin.identity(), now),
        origin.person(),
        origin.sessionId(),
        origin.properties());
  }

  private static RecordIdentity lasting(@Nullable RecordIdentity identity, Instant now) {
    return identity == null
        ? new RecordIdentity(now, ThreadLocalRandom.current().nextLong())
        : new RecordIdentity(null, identity.idHash(), now);
  }
}
