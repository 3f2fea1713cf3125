package io.tidemark.demo;

/// The server does not take the sample records. The message says why and what to do.
public final class IntakeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IntakeException(String message) {
    super(message);
  }
}
