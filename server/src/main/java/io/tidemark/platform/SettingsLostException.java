package io.tidemark.platform;

/// PostgreSQL does not know what Tidemark's connections say of themselves. The message tells what
/// to do.
final class SettingsLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param lost which settings have another value
  /// @param remedy the statements that set them
  SettingsLostException(String lost, String remedy) {
    super(
        """
        What Tidemark's connections say of themselves does not reach PostgreSQL, as behind a pooler (PgBouncer), or when \
        tidemark.database.url has options of its own: %s. Let the role say it, then let the pooler connect anew (RECONNECT): %s\
        """
            .formatted(lost, remedy));
  }
}
