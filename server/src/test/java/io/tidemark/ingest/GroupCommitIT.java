package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Person;
import io.tidemark.testing.MigratedDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is stored of what many hand over at once.
class GroupCommitIT {

  private final MigratedDatabase database = MigratedDatabase.open();

  private final Ingest ingest = new Ingest(database);

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  @Test
  void store_manyThreadsWithTheSameRecordsInAnyOrder_storesEachOnce() throws Exception {
    List<Callable<IngestOutcome>> calls = new ArrayList<>();
    for (int thread = 0; thread < 60; thread++) {
      List<CapturedRecord> records = new ArrayList<>(Facts.events("m-", thread, thread + 100));
      if (thread % 2 == 0) {
        Collections.reverse(records);
      } else {
        Collections.shuffle(records, new Random(thread));
      }
      calls.add(() -> ingest.store(records));
    }

    List<IngestOutcome.Committed> outcomes = all(calls);

    assertThat(stored()).isEqualTo(159);
    assertThat(database.count("SELECT count(DISTINCT page) FROM user_event")).isEqualTo(159);
    assertThat(duplicates(outcomes)).isEqualTo(6_000 - 159);
    assertThat(database.count("SELECT sum(records) FROM batch")).isEqualTo(159);
    assertThat(database.count("SELECT sum(records) FROM batch_part")).isEqualTo(159);
  }

  @Test
  void store_twoServersWithTheSameRecordsAtOnce_storesEachOnce() throws Exception {
    try (Ingest other = new Ingest(database)) {
      List<Callable<IngestOutcome>> calls = new ArrayList<>();
      for (int part = 0; part < 40; part++) {
        List<CapturedRecord> records =
            new ArrayList<>(Facts.events("t-", part * 50, part * 50 + 50));
        records.add(Facts.untimed("u-" + part));
        calls.add(() -> ingest.store(records));
        calls.add(() -> other.store(records.reversed()));
      }
      Collections.shuffle(calls, new Random(1));

      List<IngestOutcome.Committed> outcomes = all(calls);

      assertThat(stored()).isEqualTo(2_040);
      assertThat(duplicates(outcomes)).isEqualTo(2_040);
    }
  }

  @Test
  void store_twoServersWithTheSamePeople_giveEachOneKey() throws Exception {
    try (Ingest other = new Ingest(database)) {
      List<Callable<IngestOutcome>> calls = new ArrayList<>();
      for (int call = 0; call < 40; call++) {
        List<CapturedRecord> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          records.add(Facts.by("p-" + call + "-" + i, Person.user("person-" + i)));
        }
        Collections.shuffle(records, new Random(call));
        calls.add(call % 2 == 0 ? () -> ingest.store(records) : () -> other.store(records));
      }

      all(calls);

      assertThat(database.count("SELECT count(*) FROM app_user")).isEqualTo(50);
      assertThat(
              database.count(
                  "SELECT count(*) FROM (SELECT user_key FROM user_event GROUP BY user_key HAVING count(*) = 40) AS whole"))
          .isEqualTo(50);
    }
  }

  @Test
  void store_twoServersWithTheSameKinds_giveEachOneNumber() throws Exception {
    try (Ingest other = new Ingest(database)) {
      List<Callable<IngestOutcome>> calls = new ArrayList<>();
      for (int call = 0; call < 40; call++) {
        List<CapturedRecord> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          records.add(Facts.ofType("k-" + call + "-" + i, "type-" + i));
        }
        Collections.shuffle(records, new Random(call));
        calls.add(call % 2 == 0 ? () -> ingest.store(records) : () -> other.store(records));
      }

      all(calls);

      assertThat(database.count("SELECT count(*) FROM fact_kind")).isEqualTo(50);
      assertThat(
              database.count(
                  "SELECT count(*) FROM user_event WHERE event_type = 'type-' || split_part(page, '-', 3)"))
          .isEqualTo(2_000);
    }
  }

  @Test
  void store_kindsSeenBefore_useUpNoNumbers() {
    for (int server = 0; server < 3; server++) {
      try (Ingest fresh = new Ingest(database)) {
        fresh.committed(
            List.of(Facts.ofType("a" + server, "old"), Facts.ofType("b" + server, "n" + server)));
      }
    }

    assertThat(database.count("SELECT max(kind_id) FROM fact_kind")).isEqualTo(4);
  }

  @Test
  void store_withoutIds_storesEveryCopy() {
    CapturedRecord event = Facts.withoutId("again");

    ingest.committed(List.of(event, event));
    ingest.committed(List.of(event));

    assertThat(stored()).isEqualTo(3);
  }

  @Test
  void store_copiesWithinARequestAndLater_areNamedByPosition() {
    ingest.committed(List.of(Facts.event("b")));

    IngestOutcome.Committed outcome =
        ingest.committed(
            List.of(
                Facts.event("a"),
                Facts.event("b"),
                Facts.untimed("c"),
                Facts.event("a"),
                Facts.untimed("c")));

    assertThat(outcome.duplicates()).containsExactly(1, 3, 4);
    assertThat(stored()).isEqualTo(3);
  }

  @Test
  void store_valuesThatPostgresRefuses_areRefusedAlone() {
    List<CapturedRecord> records = new ArrayList<>(Facts.events("n-", 0, 200));
    records.set(0, Facts.withProperties("x", "{\"a\": \"\\u0000\"}"));
    records.set(77, Facts.by("y", Person.user("nul\0")));
    records.set(78, Facts.withProperties("z", "{"));
    records.set(199, Facts.withProperties("z", "{\"a\": 1e999999}"));

    IngestOutcome.Committed outcome = ingest.committed(records);

    assertThat(outcome.refused()).extracting(RefusedRecord::index).containsExactly(0, 77, 78, 199);
    assertThat(outcome.refused()).extracting(RefusedRecord::code).containsOnly("unstorable_value");
    assertThat(outcome.refused().toString()).doesNotContain("nul");
    assertThat(stored()).isEqualTo(196);
  }

  @Test
  void store_badRecordAndGoodOneOfTheSameId_storesTheGoodOne() {
    IngestOutcome.Committed outcome =
        ingest.committed(List.of(Facts.withProperties("same", "{"), Facts.event("same")));

    assertThat(outcome.refused()).extracting(RefusedRecord::index).containsExactly(0);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void store_badRecordAmongOtherSenders_costsThemNothing() throws Exception {
    List<Callable<IngestOutcome>> calls = new ArrayList<>();
    for (int sender = 0; sender < 30; sender++) {
      List<CapturedRecord> records = new ArrayList<>(Facts.events("s-" + sender + "-", 0, 20));
      if (sender % 10 == 0) {
        records.set(10, Facts.withProperties("bad-" + sender, "[1"));
      }
      calls.add(() -> ingest.store(records));
    }

    List<IngestOutcome.Committed> outcomes = all(calls);

    assertThat(outcomes.stream().mapToInt(outcome -> outcome.refused().size()).sum()).isEqualTo(3);
    assertThat(stored()).isEqualTo(597);
  }

  @Test
  void store_nothing_isCommitted() {
    assertThat(ingest.store(List.of()))
        .isEqualTo(new IngestOutcome.Committed(List.of(), List.of()));
  }

  private long stored() {
    return database.count("SELECT count(*) FROM user_event");
  }

  private static int duplicates(List<IngestOutcome.Committed> outcomes) {
    return outcomes.stream().mapToInt(outcome -> outcome.duplicates().size()).sum();
  }

  private static List<IngestOutcome.Committed> all(List<Callable<IngestOutcome>> calls)
      throws Exception {
    List<IngestOutcome.Committed> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<IngestOutcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isInstanceOf(IngestOutcome.Committed.class);
        outcomes.add((IngestOutcome.Committed) outcome.get());
      }
    }
    return outcomes;
  }
}
