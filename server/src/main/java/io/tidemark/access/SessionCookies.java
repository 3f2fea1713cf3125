package io.tidemark.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.session.web.http.DefaultCookieSerializer;

/// The cookies that sessions are known by. One that PostgreSQL could not look up is none.
final class SessionCookies extends DefaultCookieSerializer {

  @Override
  public List<String> readCookieValues(HttpServletRequest request) {
    return super.readCookieValues(request).stream().filter(id -> id.indexOf(0) < 0).toList();
  }
}
