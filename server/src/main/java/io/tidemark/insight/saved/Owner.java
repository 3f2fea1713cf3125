package io.tidemark.insight.saved;

import io.tidemark.access.AuthenticatedKey;
import io.tidemark.platform.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;

/// Who owns what is saved. Everyone who may ask sees all of it; its owner and people who are signed
/// in may change it.
final class Owner {

  private Owner() {}

  /// The name under which someone saves.
  static String of(Authentication who) {
    return isKey(who) ? "key:" + who.getName() : who.getName();
  }

  /// @throws ProblemException 403 when who asks may not change what `owner` has saved
  static void requireMayChange(Authentication who, String owner) {
    if (isKey(who) && !of(who).equals(owner)) {
      throw ProblemException.of(
          HttpStatus.FORBIDDEN,
          "not_the_owner",
          "This belongs to %s; save a copy, or change it signed in".formatted(owner));
    }
  }

  private static boolean isKey(Authentication who) {
    return who.getPrincipal() instanceof AuthenticatedKey;
  }
}
