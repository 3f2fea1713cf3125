package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Records of months whose partition is not there.
class GroupCommitPartitionIT {

  private final MigratedDatabase database = MigratedDatabase.open();

  private final Ingest ingest = new Ingest(database);

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  @Test
  void store_monthsWithoutPartition_makesThemOnTheSpot() throws Exception {
    List<Callable<IngestOutcome>> calls = new ArrayList<>();
    for (int month = 1; month <= 18; month++) {
      Instant at = Facts.AT.atOffset(ZoneOffset.UTC).minusMonths(month % 9).toInstant();
      String id = "late-" + month;
      calls.add(() -> ingest.store(List.of(Facts.event(id, at))));
    }

    all(calls);

    assertThat(stored()).isEqualTo(18);
    assertThat(database.count("SELECT count(DISTINCT tableoid) FROM user_event_detail"))
        .isEqualTo(9);
  }

  @Test
  void store_partitionDroppedBehindItsBack_makesItAgain() {
    ingest.committed(List.of(Facts.event("before")));
    database.jdbc().sql("DROP TABLE user_event_detail_2026_07").update();
    database.jdbc().sql("DROP TABLE record_identity_2026_07_15").update();

    IngestOutcome.Committed outcome = ingest.committed(List.of(Facts.event("after")));

    assertThat(outcome.duplicates()).isEmpty();
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void store_timesAtTheEndsOfMonths_lieInTheirPartitions() {
    Instant start = Instant.parse("2026-07-01T00:00:00Z");

    ingest.committed(
        List.of(
            Facts.event("last", start.minus(1, ChronoUnit.MICROS)),
            Facts.event("first", start),
            Facts.event("leap", Instant.parse("2028-02-29T23:59:59.999999Z"))));

    assertThat(
            database
                .jdbc()
                .sql("SELECT page || ' ' || tableoid::regclass FROM user_event_detail ORDER BY ts")
                .query(String.class)
                .list())
        .containsExactly(
            "last user_event_detail_2026_06",
            "first user_event_detail_2026_07",
            "leap user_event_detail_2028_02");
  }

  private long stored() {
    return database.count("SELECT count(*) FROM user_event");
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
