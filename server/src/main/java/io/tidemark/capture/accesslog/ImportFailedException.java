package io.tidemark.capture.accesslog;

/// Records could not be stored. The reason is for the person who must act.
final class ImportFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  ImportFailedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
