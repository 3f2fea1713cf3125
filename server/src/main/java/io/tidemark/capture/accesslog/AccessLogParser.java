package io.tidemark.capture.accesslog;

import io.tidemark.capture.accesslog.AccessLogLine.Blank;
import io.tidemark.capture.accesslog.AccessLogLine.Request;
import io.tidemark.capture.accesslog.AccessLogLine.Unreadable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads lines of the combined format of Apache and nginx: `address ident user [time] "request"
/// status size "referrer" "agent"`, and nginx's `$request_time` among what may follow.
///
/// Each character is looked at a fixed number of times, whatever the line: what clients send is in
/// it. Thread-safe.
public final class AccessLogParser {

  /// Longest line that is read, in bytes and so in characters at most.
  public static final int LONGEST_LINE = 64 * 1024;

  private static final int REQUEST_TIME_DECIMALS = 3;
  private static final int REQUEST_TIME_LONGEST = 12;

  /// @param line without its line end
  public AccessLogLine parse(String line) {
    if (line.isBlank()) {
      return new Blank();
    }
    if (line.length() > LONGEST_LINE) {
      return new Unreadable(UnreadableReason.TOO_LONG);
    }
    int addressEnd = line.indexOf(' ');
    if (addressEnd <= 0 || line.charAt(0) == '[') {
      return new Unreadable(UnreadableReason.NOT_COMBINED);
    }
    // A user name may contain blanks and brackets, so the first bracket need not be the time's.
    int bracket = line.indexOf(" [", addressEnd + 1);
    UnreadableReason reason =
        bracket < 0 ? UnreadableReason.NOT_COMBINED : UnreadableReason.BAD_TIME;
    while (bracket >= 0) {
      int timeEnd = bracket + 2 + LogTimestamp.LENGTH;
      Optional<Instant> at = LogTimestamp.parse(line, bracket + 2);
      if (at.isPresent() && line.startsWith("] \"", timeEnd)) {
        return isOneHost(line, addressEnd, bracket)
            ? afterTime(line, line.substring(0, addressEnd), at.get(), timeEnd + 3)
            : new Unreadable(UnreadableReason.SEVERAL_HOSTS);
      }
      bracket = line.indexOf(" [", bracket + 2);
    }
    return new Unreadable(reason);
  }

  /// Apache's `vhost_combined`, or a list of forwarding addresses, would make a host pass for a
  /// person.
  private static boolean isOneHost(String line, int addressEnd, int bracket) {
    int identEnd = line.indexOf(' ', addressEnd + 1);
    String ident = line.substring(addressEnd + 1, Math.min(identEnd, bracket));
    return ident.indexOf('.') < 0 && ident.indexOf(':') < 0;
  }

  private static AccessLogLine afterTime(String line, String address, Instant at, int from) {
    int requestEnd = EscapedText.closingQuote(line, from);
    if (requestEnd < 0) {
      return new Unreadable(UnreadableReason.OPEN_QUOTE);
    }
    int status = statusCode(line, requestEnd + 1);
    if (status < 0) {
      return new Unreadable(UnreadableReason.BAD_STATUS);
    }
    int sizeEnd = line.indexOf(' ', requestEnd + 6);
    if (sizeEnd < 0) {
      return new Unreadable(UnreadableReason.NO_AGENT);
    }
    if (!isSize(line.substring(requestEnd + 6, sizeEnd)) || !line.startsWith("\"", sizeEnd + 1)) {
      return new Unreadable(UnreadableReason.NOT_COMBINED);
    }
    int referrerEnd = EscapedText.closingQuote(line, sizeEnd + 2);
    if (referrerEnd < 0) {
      return new Unreadable(UnreadableReason.OPEN_QUOTE);
    }
    if (!line.startsWith(" \"", referrerEnd + 1)) {
      return new Unreadable(UnreadableReason.NO_AGENT);
    }
    int agentEnd = EscapedText.closingQuote(line, referrerEnd + 3);
    if (agentEnd < 0) {
      return new Unreadable(UnreadableReason.OPEN_QUOTE);
    }
    String request = EscapedText.unescape(line.substring(from, requestEnd));
    if (request.isEmpty() || request.equals("-")) {
      return new Unreadable(UnreadableReason.NO_REQUEST);
    }
    Optional<RequestLine> requestLine = RequestLine.parse(request);
    if (requestLine.isEmpty()) {
      return new Unreadable(UnreadableReason.NOT_HTTP);
    }
    return new Request(
        orNull(address),
        at,
        requestLine.get().method(),
        requestLine.get().target(),
        status,
        orNull(EscapedText.unescape(line.substring(sizeEnd + 2, referrerEnd))),
        orNull(EscapedText.unescape(line.substring(referrerEnd + 3, agentEnd))),
        responseTimeMillis(line, agentEnd + 1));
  }

  /// The status in ` 200 ` at `from`; -1 when there is none.
  private static int statusCode(String line, int from) {
    if (line.length() < from + 4 || line.charAt(from) != ' ') {
      return -1;
    }
    if (line.length() > from + 4 && line.charAt(from + 4) != ' ') {
      return -1;
    }
    if (!isDigits(line, from + 1, from + 4)) {
      return -1;
    }
    int status = Integer.parseInt(line, from + 1, from + 4, 10);
    return status >= 100 && status <= 599 ? status : -1;
  }

  private static boolean isSize(String size) {
    return size.equals("-") || (!size.isEmpty() && isDigits(size, 0, size.length()));
  }

  /// The first number with three decimals, as nginx writes `$request_time`, outside of quotes.
  /// Other numbers that are logged there mean something else: `$gzip_ratio` has two decimals,
  /// Apache's `%D` none.
  private static @Nullable Double responseTimeMillis(String line, int from) {
    int position = from;
    while (position < line.length()) {
      char c = line.charAt(position);
      if (c == '"') {
        int close = EscapedText.closingQuote(line, position + 1);
        position = close < 0 ? line.length() : close + 1;
        continue;
      }
      int end = position;
      while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '"') {
        end++;
      }
      if (isRequestTime(line, position, end)) {
        int dot = end - REQUEST_TIME_DECIMALS - 1;
        return Long.parseLong(line, position, dot, 10) * 1_000.0
            + Integer.parseInt(line, dot + 1, end, 10);
      }
      position = Math.max(end, position + 1);
    }
    return null;
  }

  private static boolean isRequestTime(String line, int from, int end) {
    int dot = end - REQUEST_TIME_DECIMALS - 1;
    return dot > from
        && end - from <= REQUEST_TIME_LONGEST
        && line.charAt(dot) == '.'
        && isDigits(line, from, dot)
        && isDigits(line, dot + 1, end);
  }

  private static boolean isDigits(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String orNull(String field) {
    return field.isEmpty() || field.equals("-") ? null : field;
  }
}
