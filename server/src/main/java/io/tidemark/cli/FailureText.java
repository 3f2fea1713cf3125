package io.tidemark.cli;

import org.jspecify.annotations.Nullable;

/// What a person is told when a command failed: our own message, else that of the innermost cause
/// that has one; never the stack.
final class FailureText {

  private FailureText() {}

  static String of(Throwable failure) {
    String text = failure.toString();
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().startsWith("io.tidemark.") && cause.getMessage() != null) {
        return cause.getMessage();
      }
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        text = cause.getMessage();
      }
    }
    return text;
  }
}
