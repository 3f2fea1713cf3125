package io.tidemark.rollup;

import io.tidemark.record.FactTable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Where rollups are known to differ from detail, until they are counted anew or found equal.
/// Thread-safe.
final class DifferenceStore {

  private static final String FORGET =
      "DELETE /* rollup.differences */ FROM rollup_difference WHERE fact = ? AND bucket >= ? AND bucket < ?";

  private static final String FORGET_ACTIVITY =
      "DELETE /* rollup.differences */ FROM rollup_difference WHERE bucket IS NULL";

  private static final String KEEP =
      """
      INSERT INTO /* rollup.differences */ rollup_difference (fact, rollup, grain, bucket, key, column_name, kept, expected)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String COUNT =
      "SELECT /* rollup.differences */ count(*) FROM rollup_difference";

  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;

  DifferenceStore(DataSource dataSource) {
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.jdbc = JdbcClient.create(dataSource);
  }

  /// Replaces what is known of a slice.
  void replace(FactTable fact, HourRange slice, List<RollupDifference> found) {
    transaction.executeWithoutResult(status -> {
      jdbc.sql(FORGET)
          .param(fact.tableName())
          .param(utc(slice.from()))
          .param(utc(slice.to()))
          .update();
      keep(fact, found);
    });
  }

  /// Replaces what is known of everyone's events over all time.
  void replaceActivity(List<RollupDifference> found) {
    transaction.executeWithoutResult(status -> {
      jdbc.sql(FORGET_ACTIVITY).update();
      keep(Rollup.activity().fact(), found);
    });
  }

  long count() {
    return jdbc.sql(COUNT).query(Long.class).single();
  }

  private void keep(FactTable fact, List<RollupDifference> found) {
    for (RollupDifference difference : found) {
      Instant bucket = difference.bucket();
      jdbc.sql(KEEP)
          .params(
              Arrays.asList(
                  fact.tableName(),
                  difference.rollup(),
                  difference.grain(),
                  bucket == null ? null : utc(bucket),
                  difference.key(),
                  difference.column(),
                  difference.kept(),
                  difference.expected()))
          .update();
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
