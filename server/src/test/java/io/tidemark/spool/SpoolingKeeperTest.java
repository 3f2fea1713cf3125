package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.RefusalLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Where records go while the database comes and goes.
class SpoolingKeeperTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final IngestOutcome KEPT = new IngestOutcome.Committed(List.of(), List.of());

  @TempDir private Path folder;

  private final ScriptedDatabase database = new ScriptedDatabase();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void store_databaseThere_goesStraightToIt() {
    try (SpoolingKeeper keeper = open(1_000_000)) {
      assertThat(keeper.store(Records.events(0, 3))).isEqualTo(KEPT);

      assertThat(database.stored()).containsExactly("e-0", "e-1", "e-2");
      assertThat(waiting()).isZero();
    }
  }

  @Test
  void store_databaseAway_isKeptAndStoredInOrderLater() {
    try (SpoolingKeeper keeper = open(1_000_000)) {
      database.goAway();
      for (int i = 0; i < 100; i++) {
        assertThat(keeper.store(Records.events(i, i + 1))).isEqualTo(KEPT);
      }
      assertThat(waiting()).isEqualTo(100);
      assertThat(keeper.takesWithoutDatabase()).isTrue();

      database.comeBack();

      await().atMost(PATIENCE).until(() -> database.stored().size() == 100);
      assertThat(database.stored())
          .isEqualTo(Records.events(0, 100).stream().map(Records::page).toList());
      await()
          .atMost(PATIENCE)
          .until(() -> metrics.get("tidemark.spool.bytes").gauge().value() == 0);
      assertThat(waiting()).isZero();
      assertThat(metrics.get("tidemark.spool.replayed").counter().count()).isEqualTo(100);
      keeper.store(List.of(Records.event("straight")));
      assertThat(database.stored()).endsWith("straight");
    }
  }

  @Test
  void store_recordWithoutId_hasOneBeforeItIsOffered() {
    try (SpoolingKeeper keeper = open(1_000_000)) {
      keeper.store(List.of(Records.withoutId("nameless")));

      assertThat(database.offered())
          .singleElement()
          .satisfies(offered -> assertThat(offered.identity()).isNotNull());
    }
  }

  @Test
  void store_keptRecord_isOfferedAgainWithTheSameIdentity() {
    try (SpoolingKeeper keeper = open(1_000_000)) {
      database.goAway();
      keeper.store(List.of(Records.withoutId("nameless")));
      database.comeBack();
      await().atMost(PATIENCE).until(() -> database.stored().size() == 1);

      assertThat(database.offered()).hasSizeGreaterThan(1);
      assertThat(database.offered().stream().distinct()).hasSize(1);
    }
  }

  @Test
  void store_spoolFull_isUnavailableUntilTheDatabaseIsBack() {
    try (SpoolingKeeper keeper = open(20_000)) {
      database.goAway();
      while (keeper.store(Records.events(0, 10)).equals(KEPT)) {}

      assertThat(keeper.store(Records.events(0, 10))).isEqualTo(new IngestOutcome.Unavailable(5));
      assertThat(keeper.takesWithoutDatabase()).isFalse();
      database.comeBack();

      await().atMost(PATIENCE).until(() -> keeper.store(Records.events(0, 10)).equals(KEPT));
    }
  }

  @Test
  void close_recordsWait_areStoredByTheNext() {
    try (SpoolingKeeper keeper = open(1_000_000)) {
      database.goAway();
      keeper.store(Records.events(0, 10));
    }
    database.comeBack();

    try (SpoolingKeeper keeper = open(1_000_000)) {
      await().atMost(PATIENCE).until(() -> database.stored().size() == 10);
      assertThat(keeper.store(List.of())).isEqualTo(KEPT);
    }
  }

  private double waiting() {
    return metrics.get("tidemark.spool.records").gauge().value();
  }

  private SpoolingKeeper open(long limitBytes) {
    metrics.clear();
    SpoolDirectory directory = SpoolDirectory.open(folder);
    RefusalLog refusals =
        new RefusalLog(new DriverManagerDataSource(), InstantSource.fixed(Records.AT), metrics);
    return new SpoolingKeeper(
        database,
        new Spool(directory, limitBytes),
        new RefusedRecords(directory, refusals),
        InstantSource.fixed(Records.AT),
        metrics);
  }
}
