package io.tidemark.capture.accesslog;

import java.util.Locale;
import java.util.Optional;

/// The host in a referrer: all of it that is kept.
final class ReferrerHost {

  /// RFC 1035, section 2.3.4.
  private static final int LONGEST = 253;

  private ReferrerHost() {}

  /// The host in lower case, made of letters, digits, dots and dashes alone, so that it needs no
  /// escaping anywhere. Empty when the referrer names none, or an address instead of a name.
  static Optional<String> find(String referrer) {
    int scheme = referrer.indexOf("://");
    if (scheme <= 0) {
      return Optional.empty();
    }
    int start = scheme + 3;
    int end = start;
    while (end < referrer.length() && "/?#".indexOf(referrer.charAt(end)) < 0) {
      end++;
    }
    String authority = referrer.substring(start, end);
    String host = withoutPort(authority.substring(authority.lastIndexOf('@') + 1));
    return isName(host) ? Optional.of(host.toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  private static String withoutPort(String host) {
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /// No top-level domain ends in a digit, and every IPv4 address does; an IPv6 address stands in
  /// brackets.
  private static boolean isName(String host) {
    return !host.isEmpty()
        && host.length() <= LONGEST
        && !Character.isDigit(host.charAt(host.length() - 1))
        && host.codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
  }
}
