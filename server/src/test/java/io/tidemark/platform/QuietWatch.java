package io.tidemark.platform;

import com.zaxxer.hikari.HikariDataSource;
import io.tidemark.platform.postgres.PostgresConnection;
import java.util.Properties;

/// A watch that does not look: for tests of what stands on it.
public final class QuietWatch {

  private QuietWatch() {}

  public static DatabaseWatch create() {
    PhysicalConnections nowhere =
        new PhysicalConnections(
            () -> new PostgresConnection("jdbc:postgresql://nowhere/none", "", ""),
            new Properties());
    return new DatabaseWatch(new HikariDataSource(), nowhere, new WriteProbe(nowhere), () -> {});
  }
}
