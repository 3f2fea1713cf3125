package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Errors of our own process while records are written: no thread is lost, and no record.
class GroupCommitErrorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MigratedDatabase database = MigratedDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void store_writerMeetsAnError_goesOn() {
    AtomicBoolean isOutOfMemory = new AtomicBoolean(true);
    DataSource dataSource =
        new DelegatingDataSource(database.dataSource()) {
          @Override
          public Connection getConnection() throws SQLException {
            if (isOutOfMemory.get()) {
              throw new OutOfMemoryError("as in a test");
            }
            return super.getConnection();
          }
        };
    try (Ingest ingest = new Ingest(dataSource, new IngestProperties(1, 100, 1_000))) {
      IngestOutcome first = ingest.store(List.of(Facts.event("a")));
      isOutOfMemory.set(false);

      assertThat(first).isInstanceOf(IngestOutcome.Unavailable.class);
      ingest.committed(List.of(Facts.event("a")));
      await().atMost(PATIENCE).until(() -> ingest.waiting() == 0);
    }
  }

  @Test
  void store_errorAfterTheIdentitiesAreWritten_rollsThemBack() {
    AtomicBoolean isOutOfMemory = new AtomicBoolean(true);
    DataSource dataSource =
        new DelegatingDataSource(database.dataSource()) {
          @Override
          public Connection getConnection() throws SQLException {
            return failingOnce(super.getConnection(), isOutOfMemory);
          }
        };
    List<CapturedRecord> records = List.of(Facts.withProperties("a", "{}"));
    try (Ingest ingest =
        new Ingest(dataSource, database.dataSource(), new IngestProperties(1, 100, 1_000))) {
      IngestOutcome first = ingest.store(records);
      IngestOutcome.Committed again = ingest.committed(records);

      assertThat(first).isInstanceOf(IngestOutcome.Unavailable.class);
      assertThat(again.duplicates()).isEmpty();
      assertThat(stored()).isEqualTo(1);
    }
  }

  /// Out of memory when the first statement is made, which is after the COPY of identities.
  private static Connection failingOnce(Connection connection, AtomicBoolean isOutOfMemory) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createStatement") && isOutOfMemory.getAndSet(false)) {
                throw new OutOfMemoryError("as in a test");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  private long stored() {
    return database.count("SELECT count(*) FROM user_event");
  }
}
