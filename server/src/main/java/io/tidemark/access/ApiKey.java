package io.tidemark.access;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A key as it may be shown; the key itself is nowhere.
///
/// @param revokedAt since when it opens nothing; null while it is good
/// @param lastUsedOn day (UTC) it was last used; null if never
public record ApiKey(
    String name,
    KeyKind kind,
    Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable LocalDate lastUsedOn) {

  public boolean isRevoked() {
    return revokedAt != null;
  }
}
