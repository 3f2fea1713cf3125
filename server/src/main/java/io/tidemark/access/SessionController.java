package io.tidemark.access;

import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who is asking.
@RestController
final class SessionController {

  @GetMapping("/api/v1/session")
  SignedIn session(Authentication who) {
    return new SignedIn(who.getName());
  }

  /// @param name of the person, or of the key
  record SignedIn(String name) {}
}
