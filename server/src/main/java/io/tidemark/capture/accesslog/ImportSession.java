package io.tidemark.capture.accesslog;

import java.util.UUID;

/// What one import needs of the database, connected for as long as it runs.
///
/// @param sink where records go
/// @param timePolicy which times are taken
/// @param pseudonymSalt secret of the installation that pseudonyms are keyed with
/// @param disconnect lets go of the database
public record ImportSession(
    RecordSink sink, TimePolicy timePolicy, UUID pseudonymSalt, Runnable disconnect)
    implements AutoCloseable {

  @Override
  public void close() {
    disconnect.run();
  }

  /// The salt is a secret.
  @Override
  public String toString() {
    return "ImportSession[pseudonymSalt=***]";
  }
}
