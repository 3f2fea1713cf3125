package io.tidemark.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A request that came with a good key. The key itself is not kept.
final class KeyAuthentication extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final AuthenticatedKey key;

  KeyAuthentication(AuthenticatedKey key) {
    super(Permission.of(key.kind()));
    this.key = key;
    setAuthenticated(true);
  }

  @Override
  public AuthenticatedKey getPrincipal() {
    return key;
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyAuthentication that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
