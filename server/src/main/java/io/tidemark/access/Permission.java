package io.tidemark.access;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/// What a key or a person may do, as Spring Security asks for it.
public enum Permission implements GrantedAuthority {
  RECORD,
  ASK,
  /// Who people are: their ids, journeys and exports. Without it they are shown by pseudonyms.
  SEE_PEOPLE;

  /// Whether who makes a request may do it.
  public boolean isGivenTo(Authentication who) {
    return who.getAuthorities().stream()
        .anyMatch(authority -> getAuthority().equals(authority.getAuthority()));
  }

  @Override
  public String getAuthority() {
    return name();
  }

  static List<Permission> of(KeyKind kind) {
    List<Permission> permissions = new ArrayList<>(2);
    if (kind.isForRecording()) {
      permissions.add(RECORD);
    }
    if (kind.isForAsking()) {
      permissions.add(ASK);
    }
    return List.copyOf(permissions);
  }
}
