package io.tidemark.rollup;

import io.tidemark.record.FactTable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Compares rollups with detail. What detail amounts to is counted with the rollups' own statements
/// into temporary tables of the same form, in a transaction that sees one state of the database:
/// intake and refreshes go on meanwhile. Rows of batches that are still to be merged are left out.
/// Thread-safe.
final class ComparisonStore {

  /// Differences of one rollup and slice that are told; all are counted.
  private static final int MOST_TOLD = 100;

  /// For this transaction alone: a pooler gives its connection to others afterwards.
  private static final String PREPARE =
      """
      SET TRANSACTION /* rollup.verify */ ISOLATION LEVEL REPEATABLE READ;
      SET LOCAL work_mem = '32MB';
      SET LOCAL jit = off
      """;

  private static final String STALE =
      """
      SELECT /* rollup.verify */ count(*) > 0 FROM rollup_stale_hour
       WHERE fact = :fact AND hour >= :from AND hour < :to
      """;

  private static final String EXPECTED =
      "CREATE TEMPORARY TABLE /* rollup.verify */ %1$s (LIKE %2$s.%3$s INCLUDING INDEXES)";

  private static final String NO_LONGER_EXPECTED = "DROP TABLE /* rollup.verify */ pg_temp.%s";

  private static final String SCHEMA = "SELECT /* rollup.verify */ quote_ident(current_schema())";

  private static final String COLUMNS =
      """
      SELECT /* rollup.verify */ attname, format_type(atttypid, NULL), attnum = ANY (conkey)
        FROM pg_attribute JOIN pg_constraint ON conrelid = attrelid AND contype = 'p'
       WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped
       ORDER BY attnum
      """;

  private static final String ROWS =
      """
      SELECT * FROM %1$s
       WHERE ts >= :from AND ts < :to AND batch_id NOT IN (SELECT batch_id FROM batch_part WHERE fact = '%1$s')
      """;

  private static final String ALL_ROWS =
      "SELECT * FROM %1$s WHERE batch_id NOT IN (SELECT batch_id FROM batch_part WHERE fact = '%1$s')";

  private static final String COUNT = "SELECT /* rollup.verify */ count(*) FROM (%s) AS source";

  private static final String KEPT_MINUTES =
      "(grain <> 'minute' OR bucket >= (SELECT minutes_since FROM rollup_horizon))";

  private static final String KEPT =
      "SELECT * FROM %s.%s WHERE %s AND grain IN (:grains) AND bucket >= :from AND bucket < :to AND "
          + KEPT_MINUTES;

  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;

  ComparisonStore(DataSource dataSource) {
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.jdbc = JdbcClient.create(dataSource);
  }

  /// What a comparison found.
  ///
  /// @param rows rows of detail that were counted
  /// @param differences how many there are
  /// @param told the first of them, of each rollup
  record Comparison(long rows, long differences, List<RollupDifference> told) {}

  /// Compares the rollups of a slice of time with detail.
  ///
  /// @param grains those of which no bucket lies partly in the slice
  /// @return empty while hours of the slice are waiting to be counted anew
  Optional<Comparison> compare(FactTable fact, Instant from, Instant to, Collection<Grain> grains) {
    Map<String, Object> parameters =
        Map.of(
            "fact", fact.tableName(),
            "from", utc(from),
            "to", utc(to),
            "grains", grains.stream().map(Grain::columnValue).toList());
    return inOneState(() -> {
      if (jdbc.sql(STALE).params(parameters).query(Boolean.class).single()) {
        return Optional.empty();
      }
      String source = ROWS.formatted(fact.tableName());
      List<RollupDifference> told = new ArrayList<>();
      long differences = 0;
      for (Rollup rollup : Rollup.of(fact)) {
        if (rollup.isByTime()) {
          String kept = KEPT.formatted(schema(), rollup.table(), rollup.ownRows());
          String expected =
              "SELECT * FROM pg_temp.%s WHERE %s".formatted(rollup.table(), KEPT_MINUTES);
          String merge = rollup.mergeRows("verify", source, grains, temporary(rollup));
          differences += compare(rollup, merge, kept, expected, parameters, told);
        }
      }
      return Optional.of(new Comparison(count(source, parameters), differences, told));
    });
  }

  /// Compares everyone's events over all time with detail.
  Comparison compareActivity() {
    Rollup rollup = Rollup.activity();
    return inOneState(() -> {
      String source = ALL_ROWS.formatted(rollup.fact().tableName());
      String merge = rollup.mergeRows("verify", source, List.of(), temporary(rollup));
      String kept = "SELECT * FROM %s.%s".formatted(schema(), rollup.table());
      String expected = "SELECT * FROM " + temporary(rollup);
      List<RollupDifference> told = new ArrayList<>();
      long differences = compare(rollup, merge, kept, expected, Map.of(), told);
      return new Comparison(count(source, Map.of()), differences, told);
    });
  }

  private <T> T inOneState(Supplier<T> work) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          jdbc.sql(PREPARE).update();
          return work.get();
        }));
  }

  private long compare(
      Rollup rollup,
      String merge,
      String kept,
      String expected,
      Map<String, Object> parameters,
      List<RollupDifference> told) {
    jdbc.sql(EXPECTED.formatted(rollup.table(), schema(), rollup.keptIn())).update();
    jdbc.sql(merge).params(parameters).update();
    AtomicLong differences = new AtomicLong();
    jdbc.sql(columns(rollup).differences(kept, expected, MOST_TOLD))
        .params(parameters)
        .query(row -> {
          OffsetDateTime bucket = row.getObject(2, OffsetDateTime.class);
          told.add(
              new RollupDifference(
                  rollup.table(),
                  row.getString(1),
                  bucket == null ? null : bucket.toInstant(),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6)));
          differences.set(row.getLong(7));
        });
    jdbc.sql(NO_LONGER_EXPECTED.formatted(rollup.table())).update();
    return differences.get();
  }

  private ComparedColumns columns(Rollup rollup) {
    return new ComparedColumns(
        jdbc.sql(COLUMNS)
            .param("table", temporary(rollup))
            .query((row, number) ->
                new ComparedColumns.Column(row.getString(1), row.getString(2), row.getBoolean(3)))
            .list());
  }

  private long count(String source, Map<String, Object> parameters) {
    return jdbc.sql(COUNT.formatted(source)).params(parameters).query(Long.class).single();
  }

  private String schema() {
    return jdbc.sql(SCHEMA).query(String.class).single();
  }

  private static String temporary(Rollup rollup) {
    return "pg_temp." + rollup.table();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
