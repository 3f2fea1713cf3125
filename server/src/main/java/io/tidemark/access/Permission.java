package io.tidemark.access;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;

/// What a key or a person may do, as Spring Security asks for it.
enum Permission implements GrantedAuthority {
  RECORD,
  ASK;

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
