package io.tidemark.platform;

import io.tidemark.platform.postgres.EmbeddedPostgres;
import io.tidemark.platform.postgres.EmbeddedPostgresException;
import io.tidemark.platform.postgres.PostgresConnection;
import io.tidemark.platform.postgres.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The PostgreSQL that Tidemark works with: the one named in the settings, else the embedded one,
/// which runs for as long as anyone uses its data directory.
final class DatabaseHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHost.class);

  /// Between two attempts to start a server that does not start.
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Supplier<PostgresConnection> connection;
  private final @Nullable EmbeddedPostgres embedded;
  private final AtomicBoolean isReviving = new AtomicBoolean();
  private volatile long failedAt = System.nanoTime() - PAUSE.toNanos();

  private DatabaseHost(
      Supplier<PostgresConnection> connection, @Nullable EmbeddedPostgres embedded) {
    this.connection = connection;
    this.embedded = embedded;
  }

  static DatabaseHost open(DatabaseProperties properties, Path dataDirectory) {
    if (!properties.isEmbedded()) {
      PostgresConnection named =
          new PostgresConnection(properties.url(), properties.username(), properties.password());
      return new DatabaseHost(() -> named, null);
    }
    EmbeddedPostgres embedded =
        EmbeddedPostgres.open(dataDirectory.resolve("postgres"), PostgresSettings.durable());
    return new DatabaseHost(embedded::connection, embedded);
  }

  /// Where it is now.
  PostgresConnection connection() {
    return connection.get();
  }

  /// Starts the embedded server again when it has died; returns at once when another call is at it
  /// or has just failed. What stands in the way is logged: it may be gone at the next call.
  void revive() {
    if (embedded == null
        || System.nanoTime() - failedAt < PAUSE.toNanos()
        || !isReviving.compareAndSet(false, true)) {
      return;
    }
    try {
      embedded.revive();
    } catch (EmbeddedPostgresException e) {
      failedAt = System.nanoTime();
      LOG.warn("The embedded PostgreSQL could not be started again: {}", e.getMessage());
    } finally {
      isReviving.set(false);
    }
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
