package io.tidemark.ingest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Someone whom the database knows.
///
/// @param firstSeenMicros event time of the earliest record, in microseconds since 1970; the row in
///   the database may say an earlier time by now, never a later one
record KnownPerson(long userKey, long firstSeenMicros) {

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  KnownPerson earliest(KnownPerson other) {
    return other.firstSeenMicros < firstSeenMicros ? other : this;
  }
}
