package io.tidemark.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// When, who and in which session: what every fact carries.
///
/// @param at event time, corrected for the client's clock where that is known; kept to the
///   microsecond
/// @param identity what makes it the same record when sent again; null when it had no id
/// @param person whom it is about; null when nobody was named
/// @param sessionId the client's session; null when not said
/// @param properties what else was said, a JSON object that PostgreSQL takes as jsonb; null when
///   nothing
public record FactOrigin(
    Instant at,
    @Nullable RecordIdentity identity,
    @Nullable Person person,
    @Nullable String sessionId,
    @Nullable String properties) {

  public FactOrigin {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }
}
