package io.tidemark.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// What every answer to a browser says beside Spring Security's own headers (`nosniff`, `DENY` for
/// frames, `no-store`).
final class PageHeaders {

  private static final RequestMatcher API_EXPLORER = pathPattern("/swagger-ui/**");

  private PageHeaders() {}

  /// Strict transport is asked for over TLS alone, and for this host alone: what else runs beneath
  /// its name is not ours to decide.
  static void write(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .addHeaderWriter(policy(API_EXPLORER, ContentPolicy.ofApiExplorer()))
        .addHeaderWriter(policy(new NegatedRequestMatcher(API_EXPLORER), ContentPolicy.ofPages()))
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
        .httpStrictTransportSecurity(transport -> transport.includeSubDomains(false));
  }

  private static HeaderWriter policy(RequestMatcher where, String policy) {
    return new DelegatingRequestMatcherHeaderWriter(
        where, new ContentSecurityPolicyHeaderWriter(policy));
  }
}
