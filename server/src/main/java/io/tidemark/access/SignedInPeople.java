package io.tidemark.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;

/// Keeps in a session only the name of the person: what they may do is decided anew for each
/// request, and a session written by another version can be read.
final class SignedInPeople implements SecurityContextRepository {

  /// Spring Session copies this attribute into the column `principal_name`.
  private static final String NAME = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

  @Override
  @SuppressWarnings(
      "deprecation") // the only abstract method to load with; the one that defers calls it
  public SecurityContext loadContext(
      org.springframework.security.web.context.HttpRequestResponseHolder exchange) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    String name = findName(exchange.getRequest());
    if (name != null) {
      context.setAuthentication(new OneTimeTokenAuthentication(name, Permission.ofPeople()));
    }
    return context;
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    Authentication person = context.getAuthentication();
    if (person != null) {
      request.getSession().setAttribute(NAME, person.getName());
      return;
    }
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.removeAttribute(NAME);
    }
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return findName(request) != null;
  }

  private static @Nullable String findName(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(NAME) instanceof String name ? name : null;
  }
}
