package io.tidemark.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// The key that a request presents, right or wrong: `Authorization: Bearer KEY`, `Authorization:
/// Basic base64(KEY:)` or, where that is taken, `?key=KEY`. Pure.
final class PresentedKey {

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final String PARAMETER = "key=";

  private PresentedKey() {}

  /// For browsers that cannot set a header when a page is left, the address may hold the key. The
  /// header comes first.
  static Optional<String> inHeaderOrAddress(HttpServletRequest request) {
    return inHeader(request).or(() -> parseQuery(request.getQueryString()));
  }

  static Optional<String> inHeader(HttpServletRequest request) {
    return parseHeader(request.getHeader(HttpHeaders.AUTHORIZATION));
  }

  /// Whether a request to read is a program's. A name and password that are not ours belong to a
  /// proxy in front, and the person behind it has a session.
  static boolean isPresented(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null
        && parseHeader(header)
            .filter(key -> hasScheme(header, BEARER) || key.startsWith(KeyStore.PREFIX))
            .isPresent();
  }

  static Optional<String> parseHeader(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    if (hasScheme(header, BEARER)) {
      return nonEmpty(header.substring(BEARER.length()).strip());
    }
    if (hasScheme(header, BASIC)) {
      return parseBasic(header.substring(BASIC.length()).strip());
    }
    return Optional.empty();
  }

  /// Reads the address alone: `getParameter` would take a form that is the body.
  static Optional<String> parseQuery(@Nullable String query) {
    if (query == null) {
      return Optional.empty();
    }
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(PARAMETER)) {
        return decode(parameter.substring(PARAMETER.length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> parseBasic(String encoded) {
    try {
      String nameAndPassword = new String(Base64.getDecoder().decode(encoded), UTF_8);
      int colon = nameAndPassword.indexOf(':');
      return nonEmpty(colon < 0 ? nameAndPassword : nameAndPassword.substring(0, colon));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<String> decode(String value) {
    try {
      return nonEmpty(URLDecoder.decode(value, UTF_8));
    } catch (IllegalArgumentException brokenEscape) {
      return Optional.empty();
    }
  }

  private static Optional<String> nonEmpty(String key) {
    return key.isEmpty() ? Optional.empty() : Optional.of(key);
  }

  private static boolean hasScheme(String header, String scheme) {
    return header.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
