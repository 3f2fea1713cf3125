package io.tidemark.insight.question;

import io.tidemark.access.AuthenticatedKey;
import io.tidemark.access.Permission;
import java.util.UUID;
import org.springframework.security.core.Authentication;

/// Whom answers are told to. Each has pseudonyms of its own, so that what one knows of a person
/// says nothing to another.
///
/// @param showsPeople whether they may see who people are
/// @param isLink whether they came with a link, without a key or a session
/// @param name tells it from every other one, also from an earlier key of the same name
public record Audience(boolean showsPeople, boolean isLink, String name) {

  public static Audience of(Authentication who) {
    String name =
        who.getPrincipal() instanceof AuthenticatedKey key
            ? "key:" + key.id()
            : "person:" + who.getName();
    return new Audience(Permission.SEE_PEOPLE.isGivenTo(who), false, name);
  }

  /// Whoever has a link, which gives no right but to see what it shows.
  public static Audience ofLink(UUID link) {
    return new Audience(false, true, "link:" + link);
  }
}
