package io.tidemark.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/// Any site's pages may record. They name their key themselves; cookies are neither wanted nor
/// allowed.
final class AnySite implements CorsConfigurationSource {

  private static final Duration REMEMBERED_BY_BROWSERS = Duration.ofDays(1);

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

  @Override
  public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    return rules;
  }
}
