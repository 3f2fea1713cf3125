package io.tidemark.capture;

/// Why one record is refused. Expected, cheap (no stack trace), caught where the record ends.
final class CaptureRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  CaptureRefusal(String code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  static CaptureRefusal missing(String field, String expected) {
    return new CaptureRefusal("missing_field", field + " is required: " + expected);
  }

  static CaptureRefusal invalid(String field, String expected) {
    return new CaptureRefusal("invalid_field", field + " must be " + expected);
  }

  CaptureOutcome.Refused outcome() {
    return new CaptureOutcome.Refused(code, String.valueOf(getMessage()));
  }
}
