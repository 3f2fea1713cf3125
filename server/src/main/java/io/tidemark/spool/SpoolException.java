package io.tidemark.spool;

import org.jspecify.annotations.Nullable;

/// The spool cannot be opened at the start. The message says where and what to do.
public final class SpoolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SpoolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
