package io.tidemark.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ott.DefaultOneTimeToken;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenService;

/// Our links, as Spring Security asks for them.
final class OneTimeLinks implements OneTimeTokenService {

  private final SignInLinkStore links;

  OneTimeLinks(SignInLinkStore links) {
    this.links = links;
  }

  /// Links are made on the command line and at the start of the server, never for a request.
  @Override
  public OneTimeToken generate(GenerateOneTimeTokenRequest request) {
    throw new UnsupportedOperationException("Sign-in links are not made over HTTP");
  }

  @Override
  public @Nullable OneTimeToken consume(OneTimeTokenAuthenticationToken presented) {
    String token = presented.getTokenValue();
    if (token == null) {
      return null;
    }
    return links
        .take(token)
        .map(link -> new DefaultOneTimeToken(token, link.person(), link.expiresAt()))
        .orElse(null);
  }
}
