package io.tidemark.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The client's mistake, or ours that the client must hear of: becomes an RFC 9457 problem at the
/// edge.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final @Nullable String field;
  private final int retryAfterSeconds;

  private ProblemException(
      HttpStatus status, String code, @Nullable String field, String detail, int retryAfter) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfterSeconds = retryAfter;
  }

  /// @param code stable, for programs: `snake_case`
  /// @param detail for the person who must act: what was wrong and what was expected
  public static ProblemException of(HttpStatus status, String code, String detail) {
    return new ProblemException(status, code, null, detail, 0);
  }

  /// The same, of a parameter or field.
  public static ProblemException ofField(
      HttpStatus status, String code, String field, String detail) {
    return new ProblemException(status, code, field, detail, 0);
  }

  /// A parameter or field that is wrong: 400.
  public static ProblemException invalidField(String field, String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, "invalid_parameter", field, detail, 0);
  }

  /// Not now: the client is to send the same again after that time.
  public static ProblemException retryLater(
      HttpStatus status, String code, String detail, int retryAfterSeconds) {
    return new ProblemException(status, code, null, detail, retryAfterSeconds);
  }

  /// The same, of a field that lies within another one.
  ///
  /// @param path of the other one
  public ProblemException within(String path) {
    String whole = field == null || field.isEmpty() ? path : path + "." + field;
    return new ProblemException(status, code, whole, detail(), retryAfterSeconds);
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }

  public @Nullable String field() {
    return field;
  }

  /// Seconds; 0 when sending again would not help.
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
