package io.tidemark.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/// What a key or a person may do, as Spring Security asks for it.
public enum Permission implements GrantedAuthority {
  RECORD,
  ASK,
  /// Who people are: their ids, journeys and exports. Without it they are shown by pseudonyms.
  SEE_PEOPLE;

  /// Whether who makes a request may do it.
  ///
  /// @param who null for somebody who came with a link
  public boolean isGivenTo(@Nullable Authentication who) {
    return who != null
        && who.getAuthorities().stream()
            .anyMatch(authority -> getAuthority().equals(authority.getAuthority()));
  }

  @Override
  public String getAuthority() {
    return name();
  }

  /// Of people who are signed in.
  static List<Permission> ofPeople() {
    return List.of(ASK, SEE_PEOPLE);
  }

  static List<Permission> of(KeyKind kind) {
    List<Permission> permissions = new ArrayList<>();
    if (kind.isForRecording()) {
      permissions.add(RECORD);
    }
    if (kind.isForAsking()) {
      permissions.add(ASK);
    }
    if (kind.isForSeeingPeople()) {
      permissions.add(SEE_PEOPLE);
    }
    return List.copyOf(permissions);
  }
}
