package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestPostgresIT {

  private static final AtomicInteger MIGRATIONS = new AtomicInteger();
  private static final TemplateMigration MIGRATION =
      database -> {
        MIGRATIONS.incrementAndGet();
        execute(database, "CREATE TABLE visit (id int)");
      };

  @Test
  void newDatabase_inParallel_eachIsMigratedAndAlone() throws Exception {
    Callable<Integer> test =
        () -> {
          try (TestDatabase database = TestPostgres.newDatabase(MIGRATION)) {
            execute(database.dataSource(), "INSERT INTO visit VALUES (1)");
            return count(database.dataSource(), "SELECT count(*) FROM visit");
          }
        };

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> counts =
          threads.invokeAll(IntStream.range(0, 12).mapToObj(_ -> test).toList());

      assertThat(counts).allSatisfy(count -> assertThat(count.get()).isEqualTo(1));
    }
    assertThat(MIGRATIONS).hasValue(1);
  }

  @Test
  void newEmptyDatabase_hasNoTables() throws Exception {
    try (TestDatabase database = TestPostgres.newEmptyDatabase()) {
      assertThat(
              count(
                  database.dataSource(),
                  "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .isZero();
    }
  }

  @Test
  void close_connectionStillOpen_dropsTheDatabase() throws Exception {
    TestDatabase kept = TestPostgres.newEmptyDatabase();
    try (TestDatabase observer = TestPostgres.newEmptyDatabase();
        Connection _ = kept.dataSource().getConnection()) {
      kept.close();

      assertThat(
              count(
                  observer.dataSource(),
                  "SELECT count(*) FROM pg_database WHERE datname = '" + kept.name() + "'"))
          .isZero();
    }
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection session = database.getConnection();
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(DataSource database, String sql) throws SQLException {
    try (Connection session = database.getConnection();
        Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
