package io.tidemark.capture.accesslog;

import java.util.Optional;

/// The first line of an HTTP request.
///
/// @param method upper-case letters and dashes
/// @param target what was asked for
record RequestLine(String method, String target) {

  private static final int LONGEST_METHOD = 20;

  /// Takes a line apart; empty when it is none of HTTP/0.9 (which names no version) to HTTP/3.
  static Optional<RequestLine> parse(String line) {
    int methodEnd = line.indexOf(' ');
    if (methodEnd <= 0 || !isMethod(line, methodEnd)) {
      return Optional.empty();
    }
    int lastSpace = line.lastIndexOf(' ');
    boolean namesVersion = lastSpace > methodEnd && line.startsWith("HTTP/", lastSpace + 1);
    String target = line.substring(methodEnd + 1, namesVersion ? lastSpace : line.length()).strip();
    if (!namesVersion && target.indexOf(' ') >= 0) {
      return Optional.empty();
    }
    String method = line.substring(0, methodEnd);
    return isTarget(method, target)
        ? Optional.of(new RequestLine(method, target))
        : Optional.empty();
  }

  private static boolean isMethod(String line, int end) {
    if (end > LONGEST_METHOD) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char c = line.charAt(i);
      if ((c < 'A' || c > 'Z') && c != '-') {
        return false;
      }
    }
    return true;
  }

  /// The four forms of RFC 9112, section 3.2. Control characters are in none of them, and
  /// PostgreSQL would not take all of them.
  private static boolean isTarget(String method, String target) {
    if (target.isEmpty() || target.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    return target.startsWith("/")
        || target.equals("*")
        || method.equals("CONNECT")
        || target.regionMatches(true, 0, "http://", 0, 7)
        || target.regionMatches(true, 0, "https://", 0, 8);
  }
}
