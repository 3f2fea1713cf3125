package io.tidemark.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/// Hides the session from all that follows. Without it the database is asked for the session of
/// every request that brings a cookie: Spring Security wants to know whether it is still valid even
/// where it is told to keep none, and Spring MVC looks for flash attributes and names the session
/// in its events.
final class SessionlessFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new SessionlessRequest(request), response);
  }

  private static final class SessionlessRequest extends HttpServletRequestWrapper {

    SessionlessRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
      if (create) {
        throw new IllegalStateException("A request without session asked for a new one");
      }
      return null;
    }

    @Override
    public @Nullable HttpSession getSession() {
      return getSession(true);
    }

    @Override
    public @Nullable String getRequestedSessionId() {
      return null;
    }

    @Override
    public boolean isRequestedSessionIdValid() {
      return false;
    }
  }
}
