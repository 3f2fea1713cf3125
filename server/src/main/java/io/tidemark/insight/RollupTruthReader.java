package io.tidemark.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whether the rollups are known to be true. Thread-safe.
final class RollupTruthReader {

  /// A difference between a rollup and detail.
  ///
  /// @param grain minute, hour or day; null for a rollup over all time
  /// @param key which row of the bucket, as JSON
  /// @param column what differs, or `row` when one side lacks it
  /// @param kept what the rollup says; null when nothing
  /// @param expected what detail says; null when nothing
  record KnownDifference(
      String rollup,
      @Nullable String grain,
      @Nullable Instant bucket,
      String key,
      String column,
      @Nullable String kept,
      @Nullable String expected,
      Instant foundAt) {}

  private static final String WAITING =
      "SELECT /* insight.rollups */ count(*) FROM rollup_stale_hour";

  private static final String COUNT =
      "SELECT /* insight.rollups */ count(*) FROM rollup_difference";

  private static final String FIRST =
      """
      SELECT /* insight.rollups */ rollup, grain, bucket, key, column_name, kept, expected, found_at
        FROM rollup_difference
       ORDER BY found_at DESC, rollup, bucket, key, column_name
       LIMIT 100
      """;

  private final JdbcClient jdbc;

  RollupTruthReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Hours that are waiting to be counted anew.
  long readWaitingHours() {
    return jdbc.sql(WAITING).query(Long.class).single();
  }

  /// How many differences were found and not mended.
  long readDifferences() {
    return jdbc.sql(COUNT).query(Long.class).single();
  }

  /// The 100 found last.
  List<KnownDifference> readNewest() {
    return jdbc.sql(FIRST).query((row, number) -> difference(row)).list();
  }

  private static KnownDifference difference(ResultSet row) throws SQLException {
    OffsetDateTime bucket = row.getObject(3, OffsetDateTime.class);
    return new KnownDifference(
        row.getString(1),
        row.getString(2),
        bucket == null ? null : bucket.toInstant(),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getObject(8, OffsetDateTime.class).toInstant());
  }
}
