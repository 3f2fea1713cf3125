package io.tidemark.bench.ingest;

import io.tidemark.bench.machine.ProcessFamily;
import io.tidemark.bench.server.BenchDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Reads what server and database have used so far.
///
/// @param server the server's process
/// @param postgres the database's processes; empty when they are not on this machine
record Gauge(BenchDatabase database, ProcessFamily server, Optional<ProcessFamily> postgres) {

  private static final Set<String> DETAIL =
      Set.of(
          "user_event_detail",
          "conversion_funnel_detail",
          "performance_metric_detail",
          "api_response_time_detail",
          "fact_kind");
  private static final Set<String> IDENTITIES = Set.of("record_identity", "packed_identity");
  private static final int FIRST_WITH_CHECKPOINTER = 170_000;

  private static final String SIZES =
      """
      SELECT space.nspname, coalesce(parent.relname, part.relname), sum(pg_total_relation_size(part.oid))
        FROM pg_class AS part
        JOIN pg_namespace AS space ON space.oid = part.relnamespace
        LEFT JOIN pg_inherits AS membership ON membership.inhrelid = part.oid
        LEFT JOIN pg_class AS parent ON parent.oid = membership.inhparent
       WHERE part.relkind = 'r' AND space.nspname IN (?, ?)
       GROUP BY 1, 2
      """;

  private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

  private static final String CHECKPOINTS =
      "SELECT num_timed + num_requested FROM pg_stat_checkpointer";

  /// Before PostgreSQL 17.
  private static final String OLD_CHECKPOINTS =
      "SELECT checkpoints_timed + checkpoints_req FROM pg_stat_bgwriter";

  /// @param serverCpu CPU time of the server's JVM
  /// @param postgresCpu CPU time of all of PostgreSQL; zero when it cannot be seen
  /// @param checkpoints how many have begun
  record Reading(
      Duration serverCpu, Duration postgresCpu, long walBytes, Disk disk, long checkpoints) {}

  Reading read() throws SQLException {
    try (Connection connection = database.connect()) {
      return new Reading(
          server.cpuTime(),
          postgres.map(ProcessFamily::cpuTime).orElse(Duration.ZERO),
          readNumber(connection, WAL),
          readDisk(connection),
          readNumber(
              connection,
              readNumber(connection, "SHOW server_version_num") < FIRST_WITH_CHECKPOINTER
                  ? OLD_CHECKPOINTS
                  : CHECKPOINTS));
    }
  }

  private static long readNumber(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Disk readDisk(Connection connection) throws SQLException {
    long rows = 0;
    long identities = 0;
    long others = 0;
    try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
      statement.setString(1, BenchDatabase.SCHEMA);
      statement.setString(2, BenchDatabase.COMPARED_SCHEMA);
      try (ResultSet tables = statement.executeQuery()) {
        while (tables.next()) {
          boolean isCompared = tables.getString(1).equals(BenchDatabase.COMPARED_SCHEMA);
          String name = tables.getString(2);
          long bytes = tables.getLong(3);
          if (isCompared || DETAIL.contains(name)) {
            rows += bytes;
          } else if (IDENTITIES.contains(name)) {
            identities += bytes;
          } else {
            others += bytes;
          }
        }
      }
    }
    return new Disk(rows, identities, others);
  }
}
