package io.tidemark.platform;

/// The database cannot be worked with at the start. The message says which one and what to look at.
public final class DatabaseUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseUnreachableException(String jdbcUrl, Throwable cause) {
    super(
        "The database at %s cannot be used (tidemark.database.url, …username, …password): %s"
            .formatted(DatabaseProperties.withoutPassword(jdbcUrl), innermost(cause)),
        cause);
  }

  private static String innermost(Throwable cause) {
    Throwable last = cause;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }
}
