package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.IngestProperties;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Packed or not, rollups say the same.
class RollupPackingIT {

  private static final Instant START = Instant.parse("2026-03-27T20:15:00Z");
  private static final Duration SPAN = Duration.ofDays(3);
  private static final InstantSource LATER = InstantSource.fixed(START.plus(SPAN.multipliedBy(3)));

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
  private final Rollups rollups =
      Refreshers.of(database.dataSource(), partitions, InstantSource.fixed(START));
  private final RollupPacking packing = new RollupPacking(database.dataSource(), LATER);
  private final RandomFacts facts = new RandomFacts(7, START, SPAN);

  @AfterEach
  void close() {
    intake.close();
    database.close();
  }

  @Test
  void pack_minutesAndHoursThatAreOver_saysTheSameInFewerRows() throws Exception {
    store(2_000);
    packing.pack();

    for (PackedRollup rollup : PackedRollup.values()) {
      assertThat(rows(rollup.packedTable())).as("%s", rollup).isPositive();
      assertThat(grainsOf(rollup.unpackedTable()))
          .as("%s", rollup)
          .isEqualTo(rollup == PackedRollup.PEOPLE ? List.of("day") : List.of());
    }
    RollupTruth.assertEqualsDetail(database);
    assertNoDifferences();
  }

  @Test
  void refresh_lateRows_findTheirBucketsUnpackedAndTheOthersPacked() throws Exception {
    store(2_000);
    packing.pack();
    long packed = rows("people_rollup_packed");

    store(3);

    assertThat(rows("people_rollup_packed")).isLessThan(packed).isGreaterThan(packed - 10);
    RollupTruth.assertEqualsDetail(database);
    packing.pack();
    RollupTruth.assertEqualsDetail(database);
    assertNoDifferences();
  }

  @Test
  void pack_whatIsNotOverForTwoHours_staysAsItIs() throws Exception {
    store(4_000);
    Instant now = START.plus(SPAN);
    new RollupPacking(database.dataSource(), InstantSource.fixed(now)).pack();

    assertThat(oldest("minute")).isAfter(Instant.parse("2026-03-30T18:14:00Z"));
    assertThat(oldest("hour")).isEqualTo(Instant.parse("2026-03-30T18:00:00Z"));
    assertThat(oldest("day")).isEqualTo(Instant.parse("2026-03-30T00:00:00Z"));
    RollupTruth.assertEqualsDetail(database);
  }

  @Test
  void rebuild_ofPackedHours_countsThemAnew() throws Exception {
    store(1_000);
    packing.pack();
    database.jdbc().sql("UPDATE api_rollup_packed SET requests = errors").update();

    new RollupRebuild(database.dataSource(), partitions, LATER)
        .rebuild(null, (done, total) -> true);

    RollupTruth.assertEqualsDetail(database);
  }

  @ParameterizedTest
  @EnumSource(
      value = PackedRollup.class,
      names = {"API", "METRIC", "EVENT", "FUNNEL"})
  void pack_moreThan256Keys_makesSeveralRows(PackedRollup rollup) throws Exception {
    store(200);
    List<String> names =
        switch (rollup) {
          case API -> List.of("endpoint", "method");
          case METRIC -> List.of("type");
          case EVENT -> List.of("event_type");
          case FUNNEL, API_TOTAL, PEOPLE -> List.of("step");
        };
    String bucket =
        "(SELECT max(bucket) FROM %s WHERE grain = 'hour')".formatted(rollup.unpackedTable());
    String copy =
        "CREATE TEMPORARY TABLE copied AS SELECT * FROM %s WHERE grain = 'hour' AND bucket = %s LIMIT 1"
            .formatted(rollup.unpackedTable(), bucket);
    database
        .jdbc()
        .sql(
            """
            DO $$
            BEGIN
              %s;
              DELETE FROM %s WHERE grain = 'hour';
              FOR i IN 1 .. 600 LOOP
                UPDATE copied SET %s = 'k' || i;
                INSERT INTO %s SELECT * FROM copied;
              END LOOP;
            END
            $$
            """
                .formatted(copy, rollup.unpackedTable(), names.getFirst(), rollup.unpackedTable()))
        .update();
    List<String> before = shown(rollup);

    packing.pack();

    assertThat(
            database.count(
                "SELECT count(*) FROM %s WHERE grain = 'hour'".formatted(rollup.packedTable())))
        .isEqualTo(3);
    assertThat(shown(rollup)).isEqualTo(before).hasSize(600);
  }

  @Test
  void pack_countBeyondAnInteger_staysUnpacked() throws Exception {
    store(300);
    database
        .jdbc()
        .sql("UPDATE event_rollup_unpacked SET events = 3000000000 WHERE grain = 'hour'")
        .update();

    packing.pack();

    assertThat(database.count("SELECT count(*) FROM event_rollup_packed WHERE grain = 'hour'"))
        .isZero();
    assertThat(database.count("SELECT min(events) FROM event_rollup WHERE grain = 'hour'"))
        .isEqualTo(3_000_000_000L);
  }

  @Test
  void pack_afterMuchHasLeft_givesRoomBack() throws Exception {
    store(500);
    database
        .jdbc()
        .sql(
            """
            INSERT INTO event_rollup_unpacked (grain, bucket, event_type, events)
            SELECT 'hour', timestamptz '2020-01-01Z' + hour * interval '1 hour', 'type ' || type, 1
              FROM generate_series(1, 2000) AS hour, generate_series(1, 150) AS type
            """)
        .update();
    long before = database.count("SELECT pg_table_size('event_rollup_unpacked')");

    packing.pack();

    assertThat(database.count("SELECT pg_table_size('event_rollup_unpacked')"))
        .isLessThan(before / 10);
    assertThat(database.count("SELECT count(*) FROM event_rollup WHERE bucket < '2021-01-01Z'"))
        .isEqualTo(300_000);
  }

  private void store(int number) throws SQLException {
    intake.store(new ArrayList<CapturedRecord>(facts.next(number)));
    rollups.refreshAll();
  }

  private void assertNoDifferences() throws SQLException {
    RollupVerification verification =
        new RollupVerification(
            database.dataSource(),
            partitions,
            InstantSource.fixed(START.plus(SPAN)),
            new java.util.Random(1));
    assertThat(verification.verify(null, (done, total) -> true).told()).isEmpty();
  }

  private List<String> grainsOf(String table) {
    return database
        .jdbc()
        .sql("SELECT DISTINCT grain FROM %s".formatted(table))
        .query(String.class)
        .list();
  }

  private Instant oldest(String grain) {
    return database
        .jdbc()
        .sql("SELECT min(bucket) FROM api_rollup_unpacked WHERE grain = ?")
        .param(grain)
        .query(java.time.OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private List<String> shown(PackedRollup rollup) {
    return database
        .jdbc()
        .sql(
            "SELECT kept::text FROM %s AS kept WHERE grain = 'hour' ORDER BY 1"
                .formatted(rollup.view()))
        .query(String.class)
        .list();
  }

  private long rows(String table) {
    return database.count("SELECT count(*) FROM " + table);
  }
}
