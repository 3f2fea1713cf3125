package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.IngestProperties;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What readers see does not depend on what is packed.
class ReaderTruthIT {

  private static final Instant START = Instant.parse("2026-03-27T20:15:00Z");
  private static final Duration SPAN = Duration.ofDays(7);
  private static final InstantSource LATER = InstantSource.fixed(START.plus(SPAN.multipliedBy(2)));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String WAITS =
      """
      SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%rollup.pack%' AND pid <> pg_backend_pid()
      """;

  private static final String KILL =
      """
      SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%rollup.pack%' AND pid <> pg_backend_pid()
      """;

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Partitions partitions =
      new Partitions(database.dataSource(), 1, InstantSource.fixed(START));
  private final GroupCommit intake =
      new GroupCommit(
          database.dataSource(),
          QuietWatch.create(),
          partitions,
          new IngestProperties(2, 300, 20_000),
          new SimpleMeterRegistry());
  private final Rollups rollups = Refreshers.of(database.dataSource(), partitions, LATER);
  private final RollupPacking packing = new RollupPacking(database.dataSource(), LATER);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.close();
    intake.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void readers_whateverIsPacked_sayWhatDetailSays(long seed) throws Exception {
    letKeysCrossAChunk();
    ReaderTruth.configure(database);
    RandomUse use = new RandomUse(seed, START, SPAN);

    store(use, 900);
    ReaderTruth.assertEqualsDetail(database, "before packing");

    packing.pack();
    assertThat(rows("funnel_rollup_unpacked")).isZero();
    ReaderTruth.assertEqualsDetail(database, "after packing");

    store(use, 10);
    assertThat(rows("funnel_rollup_unpacked")).isPositive();
    assertThat(rows("funnel_rollup_packed")).isPositive();
    ReaderTruth.assertEqualsDetail(database, "after late records");

    packing.pack();
    ReaderTruth.assertEqualsDetail(database, "after packing again");

    store(use, 300);
    killPackingHalfway();
    assertThat(rows("event_rollup_unpacked")).isZero();
    assertThat(rows("funnel_rollup_unpacked WHERE grain = 'minute'")).isZero();
    assertThat(rows("funnel_rollup_unpacked WHERE grain = 'hour'")).isPositive();
    assertThat(rows("people_rollup_unpacked WHERE grain = 'minute'")).isPositive();
    ReaderTruth.assertEqualsDetail(database, "after packing was killed");

    packing.pack();
    ReaderTruth.assertEqualsDetail(database, "after packing what the killed one left");

    remove(busiest("conversion_funnel"));
    remove(busiest("api_response_time"));
    rollups.refreshAll();
    assertThat(rows("rollup_stale_hour")).isZero();
    ReaderTruth.assertEqualsDetail(database, "after people were removed");

    packing.pack();
    rollups.forgetMinutes();
    ReaderTruth.assertReadersEqualDetail(database, "after minutes were deleted");
  }

  /// A new view or function is compared too, or told to be for nobody to read.
  @Test
  void everyViewAndFunctionForReaders_isCompared() {
    Set<String> told = new HashSet<>(ReaderTruth.compared());
    told.addAll(ReaderTruth.NOT_COMPARED);
    told.addAll(ReaderTruth.READ_NO_FACTS);

    assertThat(
            names(
                """
                SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm') UNION
                SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND provolatile = 's'
                """))
        .containsExactlyInAnyOrderElementsOf(told);
    assertThat(
            names(
                "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND provolatile = 'v'"))
        .containsExactlyInAnyOrderElementsOf(ReaderTruth.FOR_WRITERS);
  }

  /// Renaming a table does not rename it for the views that read it: they would see one half alone.
  @Test
  void halvesOfRollups_areReadByRollupsAlone() {
    List<String> readers =
        names(
            """
            WITH half AS (
              SELECT oid, relname FROM pg_class
               WHERE relnamespace = current_schema()::regnamespace AND relname ~ '_rollup_(unpacked|packed|from_packed)$'
            )
            SELECT DISTINCT ev_class::regclass || ' reads ' || half.relname
              FROM pg_depend
              JOIN pg_rewrite ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
              JOIN half ON refclassid = 'pg_class'::regclass AND refobjid = half.oid AND ev_class <> half.oid
            UNION
            SELECT DISTINCT objid::regprocedure || ' reads ' || half.relname
              FROM pg_depend JOIN half ON refclassid = 'pg_class'::regclass AND refobjid = half.oid AND classid = 'pg_proc'::regclass
            UNION
            SELECT pg_proc.oid::regprocedure || ' names ' || half.relname
              FROM pg_proc JOIN half ON prosrc LIKE '%' || half.relname || '%' WHERE pronamespace = current_schema()::regnamespace
            """);

    Set<String> allowed = new HashSet<>();
    for (PackedRollup rollup : PackedRollup.values()) {
      allowed.add(rollup.view() + " reads " + rollup.unpackedTable());
      allowed.add(rollup.view() + " reads " + rollup.packedRows());
    }
    // Distributions as they are kept, for those who put them together themselves: packed rows are
    // made of these.
    for (PackedRollup rollup :
        List.of(PackedRollup.API, PackedRollup.API_TOTAL, PackedRollup.METRIC)) {
      allowed.add(rollup.view() + "_as_kept reads " + rollup.unpackedTable());
      allowed.add(rollup.view() + "_as_kept reads " + rollup.packedTable());
    }
    for (PackedRollup rollup :
        List.of(PackedRollup.EVENT, PackedRollup.FUNNEL, PackedRollup.PEOPLE)) {
      allowed.add(rollup.packedRows() + " reads " + rollup.packedTable());
    }
    assertThat(readers).containsExactlyInAnyOrderElementsOf(allowed);
  }

  /// Somebody else holds on to one of the rows that are to be packed, so that packing waits in the
  /// middle of a rollup, where its connection is closed as by a crash.
  private void killPackingHalfway() throws SQLException {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          INSERT INTO funnel_rollup_packed (grain, bucket, slot, completions, step)
          SELECT 'hour', percentile_disc(0.5) WITHIN GROUP (ORDER BY bucket), 0, '{}', '{}'
            FROM funnel_rollup_unpacked WHERE grain = 'hour'
          """);
      Future<?> run =
          threads.submit(() -> {
            packing.pack();
            return null;
          });
      await().atMost(PATIENCE).until(() -> database.count(WAITS) == 1);
      assertThat(database.count(KILL)).isOne();
      assertThatThrownBy(run::get).hasCauseInstanceOf(SQLException.class);
      other.rollback();
    }
  }

  private void store(RandomUse use, int number) throws SQLException {
    intake.store(use.next(number));
    rollups.refreshAll();
  }

  private void remove(long person) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT remove_detail_of_person(" + person + ")");
    }
  }

  private long busiest(String fact) {
    return database.count(
        "SELECT user_key FROM %s WHERE user_key IS NOT NULL GROUP BY user_key ORDER BY count(*) DESC, user_key LIMIT 1"
            .formatted(fact));
  }

  /// Sets of people are kept in chunks of 32,768.
  private void letKeysCrossAChunk() {
    database.jdbc().sql("ALTER TABLE app_user ALTER COLUMN user_key RESTART WITH 32750").update();
  }

  private List<String> names(String sql) {
    return database.jdbc().sql(sql).query(String.class).list();
  }

  private long rows(String table) {
    return database.count("SELECT count(*) FROM " + table);
  }
}
