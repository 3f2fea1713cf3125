package io.tidemark.platform;

import io.tidemark.platform.postgres.PostgresConnection;
import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import javax.sql.DataSource;

/// Pools and watch as a server has them, on a database of a test.
public record WatchedDatabase(DatabasePools pools, DatabaseWatch watch) implements AutoCloseable {

  public static WatchedDatabase open(String jdbcUrl, String username, String password) {
    DatabasePools pools =
        new DatabasePools(
            () -> new PostgresConnection(jdbcUrl, username, password),
            new DatabaseProperties(
                jdbcUrl,
                username,
                password,
                MigratedDatabase.SCHEMA,
                new DatabaseProperties.Pool(4, 1, 2, Duration.ofSeconds(10))));
    return new WatchedDatabase(pools, pools.watch(() -> {}));
  }

  public DataSource intake() {
    return GuardedConnections.ofIntake(pools.intake(), watch);
  }

  @Override
  public void close() {
    watch.close();
    pools.close();
  }
}
