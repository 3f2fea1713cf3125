package io.tidemark.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out whose key a request presents. A wrong key is refused here; no key is left to the rules
/// of the path. Touches no HTTP session, unlike Spring Security's own `AuthenticationFilter`.
final class KeyAuthenticationFilter extends OncePerRequestFilter {

  private final KnownKeys keys;
  private final AccessProblems problems;
  private final SecurityContextRepository contexts =
      new RequestAttributeSecurityContextRepository();

  KeyAuthenticationFilter(KnownKeys keys, AccessProblems problems) {
    this.keys = keys;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> presented = PresentedKey.inHeader(request);
    if (presented.isPresent()) {
      Optional<AuthenticatedKey> key = keys.find(presented.get());
      if (key.isEmpty()) {
        problems.answerKeyUnknown(request, response);
        return;
      }
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(new KeyAuthentication(key.get()));
      SecurityContextHolder.setContext(context);
      contexts.saveContext(context, request, response);
    }
    chain.doFilter(request, response);
  }
}
