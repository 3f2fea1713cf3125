package io.tidemark.access;

import org.springframework.security.core.AuthenticatedPrincipal;

/// The principal of a request that came with a good key.
///
/// @param name what people call the key
public record AuthenticatedKey(String name, KeyKind kind) implements AuthenticatedPrincipal {

  @Override
  public String getName() {
    return name;
  }
}
