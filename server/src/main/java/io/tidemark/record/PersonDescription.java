package io.tidemark.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What is said of a person: tier and traits. The newest by event time holds.
///
/// @param subscriptionTier null leaves the tier as it is
/// @param traits a JSON object merged key by key into what is known; null leaves it as it is
public record PersonDescription(
    Instant at,
    @Nullable RecordIdentity identity,
    Person person,
    @Nullable String subscriptionTier,
    @Nullable String traits)
    implements CapturedRecord {

  public PersonDescription {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }
}
