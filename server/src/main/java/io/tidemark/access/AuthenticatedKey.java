package io.tidemark.access;

import org.springframework.security.core.AuthenticatedPrincipal;

/// The principal of a request that came with a good key.
///
/// @param name what people call the key
/// @param id tells it from every other key, also from an earlier one of the same name
public record AuthenticatedKey(String name, KeyKind kind, String id)
    implements AuthenticatedPrincipal {

  @Override
  public String getName() {
    return name;
  }
}
