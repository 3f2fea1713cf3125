package io.tidemark.record;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of a subscription. The newest by event time holds, so that sending one twice changes
/// nothing.
///
/// @param subscriptionId the id the app gave
/// @param person whose it is
/// @param price of one period, in `currency`
/// @param status `ACTIVE`, `CANCELED`, … as sent
public record SubscriptionState(
    Instant at,
    String subscriptionId,
    Person person,
    @Nullable String tier,
    @Nullable BigDecimal price,
    @Nullable String currency,
    @Nullable String status,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt)
    implements CapturedRecord {

  /// Its id names the subscription, not this message about it.
  @Override
  public @Nullable RecordIdentity identity() {
    return null;
  }
}
