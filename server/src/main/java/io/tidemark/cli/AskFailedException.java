package io.tidemark.cli;

import org.jspecify.annotations.Nullable;

/// The question was not answered; its message is for the person who asked.
final class AskFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AskFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
