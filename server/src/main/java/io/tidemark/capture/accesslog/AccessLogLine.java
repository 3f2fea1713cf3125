package io.tidemark.capture.accesslog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one line of an access log says.
public sealed interface AccessLogLine {

  /// A request that the web server answered.
  ///
  /// @param address who asked: an address or a host name; null when the log does not say
  /// @param at the time of the line, to the second
  /// @param method upper-case letters and dashes
  /// @param target as in the request: a path with its query, an absolute address, `*` or, for
  ///   `CONNECT`, a host; without control characters
  /// @param statusCode 100 to 599
  /// @param referrer null when none was sent
  /// @param agent null when none was sent
  /// @param responseTimeMillis null when the line does not say
  record Request(
      @Nullable String address,
      Instant at,
      String method,
      String target,
      int statusCode,
      @Nullable String referrer,
      @Nullable String agent,
      @Nullable Double responseTimeMillis)
      implements AccessLogLine {}

  /// A line that is no request.
  record Unreadable(UnreadableReason reason) implements AccessLogLine {}

  /// A line with nothing on it.
  record Blank() implements AccessLogLine {}
}
