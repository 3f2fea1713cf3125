package io.tidemark.platform;

import io.tidemark.platform.postgres.EmbeddedPostgres;
import io.tidemark.platform.postgres.PostgresConnection;
import io.tidemark.platform.postgres.PostgresSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL that Tidemark works with: the one named in the settings, else the embedded one,
/// which runs for as long as anyone uses its data directory.
final class DatabaseHost implements AutoCloseable {

  private final PostgresConnection connection;
  private final @Nullable EmbeddedPostgres embedded;

  private DatabaseHost(PostgresConnection connection, @Nullable EmbeddedPostgres embedded) {
    this.connection = connection;
    this.embedded = embedded;
  }

  static DatabaseHost open(DatabaseProperties properties, Path dataDirectory) {
    if (!properties.isEmbedded()) {
      return new DatabaseHost(
          new PostgresConnection(properties.url(), properties.username(), properties.password()),
          null);
    }
    EmbeddedPostgres embedded =
        EmbeddedPostgres.open(dataDirectory.resolve("postgres"), PostgresSettings.durable());
    return new DatabaseHost(embedded.connection(), embedded);
  }

  PostgresConnection connection() {
    return connection;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
