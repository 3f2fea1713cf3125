package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Records that are sent again after their day was packed.
class IdentityPackingIT {

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Ingest ingest = new Ingest(database);
  private final Packing packing = new Packing(database);

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  @Test
  void pack_dayThatIsOver_movesItsIdentities() throws Exception {
    ingest.committed(Facts.events("m-", 0, 9_000));

    packing.pack();

    assertThat(packing.rows()).isZero();
    assertThat(packing.packed()).isEqualTo(9_000);
    assertThat(packing.counted()).isEqualTo(9_000);
    assertThat(packing.disorder()).isZero();
    assertThat(database.count("SELECT count(DISTINCT hour) FROM packed_identity")).isEqualTo(3);
    assertThat(database.count("SELECT pg_relation_size('record_identity_2026_07_15')")).isZero();
  }

  @Test
  void store_packedAgainAndAgain_isADuplicateEachTime() throws Exception {
    ingest.committed(Facts.events("m-", 0, 900));
    packing.pack();
    List<CapturedRecord> mixed = new ArrayList<>(Facts.events("m-", 0, 1_000));
    mixed.addAll(Facts.events("m-", 500, 510));

    assertThat(ingest.committed(mixed).duplicates()).hasSize(910).doesNotContain(900, 999);
    assertThat(ingest.committed(mixed).duplicates()).hasSize(1_010);
    packing.pack();
    assertThat(packing.packed()).isEqualTo(1_000);
    assertThat(ingest.committed(mixed).duplicates()).hasSize(1_010);
    assertThat(ingest.committed(Facts.events("n-", 0, 900)).duplicates()).isEmpty();

    assertThat(stored()).isEqualTo(1_900);
    assertThat(packing.disorder()).isZero();
  }

  @Test
  void store_sameIdAtAnotherMicrosecondOfAPackedHour_isNew() throws Exception {
    ingest.committed(List.of(Facts.event("a")));
    packing.pack();

    assertThat(ingest.committed(List.of(Facts.event("a", Facts.AT.plusNanos(1_000)))).duplicates())
        .isEmpty();
    assertThat(ingest.committed(List.of(Facts.event("b"))).duplicates()).isEmpty();
    assertThat(ingest.committed(List.of(Facts.event("a"))).duplicates()).containsExactly(0);
  }

  @Test
  void store_packedRecordsOnly_writesNoBatch() throws Exception {
    ingest.committed(Facts.events("m-", 0, 10));
    packing.pack();

    ingest.committed(Facts.events("m-", 0, 10));

    assertThat(database.count("SELECT count(*) FROM batch")).isEqualTo(1);
  }

  /// A straggler costs the chunks around it, and they stay full.
  @Test
  void pack_stragglersOneByOne_keepsChunksFull() throws Exception {
    ingest.committed(Facts.events("m-", 0, 3_600));
    ingest.committed(Facts.events("n-", 0, 3_600));
    ingest.committed(Facts.events("o-", 0, 3_600));
    packing.pack();
    for (int i = 0; i < 40; i++) {
      ingest.committed(Facts.events("late-", i, i + 1));
      packing.pack();
    }

    assertThat(packing.packed()).isEqualTo(10_840);
    assertThat(packing.disorder()).isZero();
    assertThat(database.count("SELECT count(*) FROM packed_identity")).isLessThanOrEqualTo(48);
    assertThat(ingest.committed(Facts.events("late-", 0, 40)).duplicates()).hasSize(40);
    assertThat(ingest.committed(Facts.events("o-", 0, 3_600)).duplicates()).hasSize(3_600);
  }

  @Test
  void store_oldDaysImportedLate_areRecognisedAfterPacking() throws Exception {
    List<CapturedRecord> old = new ArrayList<>();
    for (int day = 1; day <= 60; day++) {
      for (int i = 0; i < 20; i++) {
        Instant at = Facts.AT.minus(Duration.ofDays(day)).plus(Duration.ofMinutes(i * 70L));
        old.add(Facts.event("old-" + day + "-" + i, at));
      }
    }
    ingest.committed(old.subList(0, 700));
    packing.pack();
    assertThat(ingest.committed(old).duplicates()).hasSize(700);
    packing.pack();

    assertThat(ingest.committed(old).duplicates()).hasSize(1_200);
    assertThat(stored()).isEqualTo(1_200);
    assertThat(packing.packed()).isEqualTo(1_200);
  }

  /// Clocks of clients may say anything; the event time is corrected, the identity is not.
  @Test
  void store_oddTimestamps_arePackedWhenTheyAreOver() throws Exception {
    List<CapturedRecord> odd =
        List.of(
            Facts.sentAt("a", Instant.EPOCH),
            Facts.sentAt("b", Instant.parse("1970-01-31T23:59:59.999999Z")),
            Facts.sentAt("c", Instant.parse("1999-12-31T23:59:59.999999Z")),
            Facts.sentAt("d", Instant.parse("2000-01-01T00:00:00Z")),
            Facts.sentAt("e", Instant.parse("2026-07-31T00:00:00Z")),
            Facts.sentAt("f", Instant.parse("2031-01-01T00:00:00Z")),
            Facts.sentAt("g", Instant.parse("2099-12-31T23:59:59.999999Z")));
    ingest.committed(odd);

    packing.pack();

    assertThat(packing.packed()).isEqualTo(5);
    assertThat(packing.rows()).isEqualTo(2);
    assertThat(ingest.committed(odd).duplicates()).hasSize(7);
    assertThat(ingest.committed(odd.reversed()).duplicates()).hasSize(7);
    assertThat(stored()).isEqualTo(7);
  }

  @Test
  void pack_whileAWriterIsAtIt_isLeftForLater() throws Exception {
    ingest.committed(Facts.events("m-", 0, 100));
    try (Connection writer = database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("LOCK TABLE record_identity_2026_07_15 IN ROW EXCLUSIVE MODE");

      packing.pack();

      assertThat(packing.rows()).isEqualTo(100);
      assertThat(packing.packed()).isEqualTo(100);
      assertThat(ingest.committed(Facts.events("m-", 0, 100)).duplicates()).hasSize(100);
      writer.rollback();
    }
    packing.pack();

    assertThat(packing.rows()).isZero();
    assertThat(packing.packed()).isEqualTo(100);
    assertThat(ingest.committed(Facts.events("m-", 0, 100)).duplicates()).hasSize(100);
  }

  @Test
  void pack_dayThatIsNotOver_isLeft() throws Exception {
    ingest.committed(Facts.events("m-", 0, 100));

    new Packing(database, Facts.AT.plus(Duration.ofHours(30))).pack();

    assertThat(packing.packed()).isZero();
    assertThat(packing.rows()).isEqualTo(100);
  }

  private long stored() {
    return database.count("SELECT count(*) FROM user_event");
  }
}
