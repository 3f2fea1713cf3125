package io.tidemark.rollup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/// Changes rollups in a transaction: one at a time in the whole cluster, by an advisory lock that
/// ends with it. Whoever takes detail away takes the same lock.
final class ExclusiveRollupWriter {

  /// Whoever waits has its turn next, so that long work in many transactions lets others in between
  /// two of them.
  private static final String WAIT =
      "SET LOCAL /* rollup.lock */ lock_timeout = '5s'; SELECT pg_advisory_xact_lock(rollup_lock())";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /// For this transaction, once it is alone: of new rows the planner has no statistics and takes
  /// them for few. Sorts and reading whole partitions are what that would cost. Before PostgreSQL
  /// 18 what cannot be avoided counts as so dear that each statement would be compiled.
  private static final String PLAN =
      """
      SET LOCAL /* rollup.plan */ lock_timeout TO DEFAULT;
      SET LOCAL enable_seqscan = off;
      SET LOCAL enable_sort = off;
      SET LOCAL jit = off;
      SET LOCAL plan_cache_mode = force_custom_plan;
      SET LOCAL work_mem = '32MB'
      """;

  /// What is done in it.
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private ExclusiveRollupWriter() {}

  /// Does it when others are done, which it waits for up to five seconds.
  ///
  /// @return empty when they are not
  static <T> Optional<T> run(DataSource dataSource, Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        if (!becomesAlone(connection)) {
          connection.rollback();
          return Optional.empty();
        }
        try (Statement statement = connection.createStatement()) {
          statement.execute(PLAN);
        }
        T result = work.run(connection);
        connection.commit();
        return Optional.of(result);
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  /// Rolls back, so that what went wrong is told and not what followed from it.
  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static boolean becomesAlone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(WAIT);
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }
}
