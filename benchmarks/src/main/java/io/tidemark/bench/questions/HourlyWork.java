package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import io.tidemark.bench.server.BenchDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// What a running Tidemark does once an hour, done at once: packing identities and rollups of days
/// that are over, forgetting minutes. A load of 90 days in some minutes leaves 90 days of it.
record HourlyWork(BenchDatabase database, Progress progress) {

  private static final String WORK =
      "%s.scheduled_tasks WHERE task_name IN ('identity.pack', 'rollup.forget', 'rollup.pack')"
          .formatted(BenchDatabase.SCHEMA);

  private static final String BRING_FORWARD =
      "UPDATE %s AND NOT picked"
          .formatted(WORK.replace(" WHERE", " SET execution_time = now() WHERE"));

  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final long LOOK_MILLIS = 500;

  /// Returns when all of it is done.
  void finish() throws SQLException, InterruptedException {
    progress.tell("packing identities and rollups and forgetting minutes, as each hour does");
    long deadline = System.nanoTime() + LONGEST.toNanos();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      String start = one(statement, "SELECT clock_timestamp()");
      statement.executeUpdate(BRING_FORWARD);
      String open =
          "SELECT count(*) FROM %s AND (last_success IS NULL OR last_success < '%s')"
              .formatted(WORK, start);
      while (!one(statement, open).equals("0")) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "identity.pack, rollup.pack or rollup.forget has not ended within 20 minutes");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
