package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.Ingest;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.RecordKeeper;
import io.tidemark.ingest.RefusalLog;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.UserEvent;
import io.tidemark.testing.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "Away" may hide a commit: what was stored by it is not stored again from the spool.
class LostAnswerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Ingest ingest = new Ingest(database);
  private final Random random = new Random(7);

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  @Test
  void store_answersAreLost_storesEachRecordOnce() throws Exception {
    int stored = 0;
    try (SpoolingKeeper keeper = open(this::storeAndLoseTheAnswer)) {
      for (int batch = 0; batch < 40; batch++) {
        List<CapturedRecord> records = records("b-" + batch);
        stored += records.size();
        assertThat(keeper.store(records)).isInstanceOf(IngestOutcome.Committed.class);
      }
      int expected = stored;
      await()
          .atMost(PATIENCE)
          .until(() -> database.count("SELECT count(*) FROM user_event") >= expected);
    }
    try (SpoolingKeeper keeper = open(ingest::store)) {
      assertThat(keeper.store(records("last"))).isInstanceOf(IngestOutcome.Committed.class);
      await().atMost(PATIENCE).until(() -> segments().isEmpty());
    }

    assertThat(database.count("SELECT count(*) FROM user_event")).isEqualTo(stored + 3);
    assertThat(database.count("SELECT count(DISTINCT page) FROM user_event")).isEqualTo(stored + 3);
    assertThat(database.count("SELECT sum(records) FROM batch_part")).isEqualTo(stored + 3);
  }

  /// Every other answer gets lost on its way; ids that have no time are forgotten meanwhile.
  private IngestOutcome storeAndLoseTheAnswer(List<CapturedRecord> records) {
    IngestOutcome outcome = ingest.store(records);
    if (random.nextBoolean()) {
      return outcome;
    }
    database.jdbc().sql("UPDATE untimed_record SET seen_at = seen_at - interval '3 days'").update();
    return new IngestOutcome.Unavailable(5);
  }

  private static List<CapturedRecord> records(String name) {
    RecordIdentity untimed = RecordIdentity.of(name, null);
    return List.of(
        Records.event(name + "-timed"),
        Records.withoutId(name + "-nameless"),
        new UserEvent(
            new FactOrigin(Records.AT, untimed, null, null, null), "test", name + "-untimed"));
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".segment")).toList();
    }
  }

  private SpoolingKeeper open(RecordKeeper keeper) {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    SpoolDirectory directory = SpoolDirectory.open(folder);
    InstantSource clock = InstantSource.fixed(Records.AT);
    return new SpoolingKeeper(
        keeper,
        new Spool(directory, 1_000_000),
        new RefusedRecords(directory, new RefusalLog(database.dataSource(), clock, metrics)),
        clock,
        metrics);
  }
}
