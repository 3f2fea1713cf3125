package io.tidemark.capture;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a record's checks need to know of its request.
///
/// @param receivedAt time of arrival
/// @param sentAt the client's clock when it sent the request; null when not said
/// @param mayRecordAnything whether the key is a secret one: may backdate and record subscriptions
record CaptureContext(Instant receivedAt, @Nullable Instant sentAt, boolean mayRecordAnything) {

  /// Less than this between the two clocks is taken for the time that the request was under way.
  static final Duration CLOCKS_AGREE = Duration.ofSeconds(5);

  /// How much a client's clock is behind ours; zero when it agrees or is not known.
  Duration clockError() {
    if (sentAt == null) {
      return Duration.ZERO;
    }
    Duration error = Duration.between(sentAt, receivedAt);
    return error.abs().compareTo(CLOCKS_AGREE) < 0 ? Duration.ZERO : error;
  }
}
