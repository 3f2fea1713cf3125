package io.tidemark.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.util.InvalidUrlException;

/// Any site's pages may record. They name their key themselves; cookies are neither wanted nor
/// allowed. Thread-safe.
final class AnySite {

  private static final Duration REMEMBERED_BY_BROWSERS = Duration.ofDays(1);

  private final CorsProcessor processor = new WordlessProcessor();
  private final CorsConfiguration rules = new CorsConfiguration();

  AnySite() {
    rules.setAllowedOrigins(List.of(CorsConfiguration.ALL));
    rules.setAllowedMethods(List.of("POST", "OPTIONS"));
    rules.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_ENCODING,
            "X-Retry-Count"));
    rules.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER));
    rules.setMaxAge(REMEMBERED_BY_BROWSERS);
  }

  /// Tells a browser that its page may.
  ///
  /// @return whether the request is still to be answered: it was no question of a browser whether
  ///   it may send one
  boolean welcome(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      if (!CorsUtils.isCorsRequest(request)) {
        return true;
      }
      return processor.processRequest(rules, request, response)
          && !CorsUtils.isPreFlightRequest(request);
    } catch (InvalidUrlException noOrigin) {
      return true;
    }
  }

  /// Refuses by the status alone: the problem is written where those of all filters are.
  private static final class WordlessProcessor extends DefaultCorsProcessor {

    @Override
    protected void rejectRequest(ServerHttpResponse response) {
      response.setStatusCode(HttpStatus.FORBIDDEN);
    }
  }
}
