package io.tidemark.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One record as it was taken in, checked and ready to be stored.
public sealed interface CapturedRecord permits Fact, PersonDescription, SubscriptionState {

  /// Event time, corrected for the client's clock where that is known; to the microsecond.
  Instant at();

  /// What makes it the same record when sent again; null when it had no id.
  @Nullable RecordIdentity identity();

  /// Whom it is about; null when nobody was named.
  @Nullable Person person();
}
