package io.tidemark.platform.postgres;

import org.jspecify.annotations.Nullable;

/// The embedded PostgreSQL cannot be used. The message says what failed, where, and what to do.
public final class EmbeddedPostgresException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedPostgresException(String message) {
    this(message, null);
  }

  EmbeddedPostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
