package io.tidemark.access;

import io.tidemark.platform.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// Who may record: whoever presents a key that may, from any site. The intake asks this before it
/// reads anything; no filter of Spring Security comes before it. Thread-safe.
public final class RecordingAccess {

  private final KnownKeys keys;
  private final AnySite anySite = new AnySite();

  RecordingAccess(KnownKeys keys) {
    this.keys = keys;
  }

  /// @return whose key the request presents; nothing when it has been answered: a browser asked
  ///   whether a page may send one
  /// @throws ProblemException 401 or 403, for those who may not
  /// @throws org.springframework.dao.DataAccessException if the database is asked and cannot answer
  public Optional<AuthenticatedKey> admit(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (!anySite.welcome(request, response)) {
      return Optional.empty();
    }
    Optional<String> presented = PresentedKey.inHeaderOrAddress(request);
    if (presented.isEmpty()) {
      AccessProblems.challenge(response);
      throw AccessProblems.keyMissing();
    }
    Optional<AuthenticatedKey> key = keys.find(presented.get());
    if (key.isEmpty()) {
      AccessProblems.challenge(response);
      throw AccessProblems.keyUnknown();
    }
    if (!key.get().kind().isForRecording()) {
      throw AccessProblems.keyMayNot();
    }
    return key;
  }
}
