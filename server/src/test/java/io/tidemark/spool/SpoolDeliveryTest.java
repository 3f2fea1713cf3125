package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.RefusalLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// What becomes of records that the database does not take, and of their neighbours.
class SpoolDeliveryTest {

  private static final int MANY_ATTEMPTS = 100;

  @TempDir private Path folder;

  private final ScriptedDatabase database = new ScriptedDatabase();
  private final DatabasePresence presence = new DatabasePresence();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Spool spool;
  private SpoolDelivery delivery;

  @BeforeEach
  void open() {
    SpoolDirectory directory = SpoolDirectory.open(folder);
    spool = new Spool(directory, 1);
    RefusalLog refusals =
        new RefusalLog(new DriverManagerDataSource(), InstantSource.fixed(Records.AT), metrics);
    delivery =
        new SpoolDelivery(database, spool, new RefusedRecords(directory, refusals), presence);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  @Test
  void attempt_databaseThere_storesInOrder() throws IOException {
    List<SpooledEntry> pending = entries(0, 50);

    SpoolDelivery.Result result = delivery.attempt(pending);

    assertThat(result).isEqualTo(new SpoolDelivery.Result(50, 0, 0));
    assertThat(pending).isEmpty();
    assertThat(database.stored()).isEqualTo(pages(0, 50));
  }

  @Test
  void attempt_databaseAwayForLong_refusesNothing() throws IOException {
    List<SpooledEntry> pending = entries(0, 5);
    database.goAway();

    for (int attempt = 0; attempt < MANY_ATTEMPTS; attempt++) {
      assertThat(delivery.attempt(pending).done()).isZero();
    }
    database.comeBack();
    delivery.attempt(pending);

    assertThat(database.stored()).isEqualTo(pages(0, 5));
    assertThat(folder.resolve("refused.jsonl")).doesNotExist();
  }

  @Test
  void attempt_recordsThatDatabaseFailsOn_goToTheEndAndTheOthersAreStored() throws IOException {
    List<SpooledEntry> pending = entries(0, 500);
    database.failOn("e-7");
    database.failOn("e-8");
    database.failOn("e-499");

    int postponed = 0;
    for (int attempt = 0; attempt < MANY_ATTEMPTS && !pending.isEmpty(); attempt++) {
      postponed += delivery.attempt(pending).postponed();
      // Others go on sending, and are stored.
      presence.noteCommit();
    }

    assertThat(pending).isEmpty();
    assertThat(database.stored()).hasSize(497).doesNotContain("e-7", "e-8", "e-499");
    assertThat(postponed).isEqualTo(3);
    assertThat(spool.records()).isEqualTo(3);
    assertThat(folder.resolve("refused.jsonl")).doesNotExist();
  }

  @Test
  void attempt_failingRecordAlone_staysWhileNothingElseIsStored() throws IOException {
    List<SpooledEntry> pending = entries(7, 8);
    database.failOn("e-7");

    for (int attempt = 0; attempt < MANY_ATTEMPTS; attempt++) {
      delivery.attempt(pending);
    }

    assertThat(pending).hasSize(1);
    assertThat(spool.records()).isZero();
  }

  @Test
  void attempt_refusedValue_isKeptAsideAndCounted() throws IOException {
    List<SpooledEntry> pending = entries(0, 3);
    database.refuse("e-1");

    SpoolDelivery.Result result = delivery.attempt(pending);

    assertThat(result).isEqualTo(new SpoolDelivery.Result(2, 1, 0));
    assertThat(database.stored()).containsExactly("e-0", "e-2");
    assertThat(Files.readString(folder.resolve("refused.jsonl"))).contains("\"e-1\"");
    assertThat(refusals("unstorable_value")).isEqualTo(1);
  }

  private double refusals(String code) {
    return metrics.get("tidemark.ingest.refused").tag("code", code).counter().count();
  }

  private static List<SpooledEntry> entries(int from, int to) {
    List<SpooledEntry> entries = new ArrayList<>();
    Records.events(from, to).forEach(event -> entries.add(new SpooledEntry(event, 100)));
    return entries;
  }

  private static List<String> pages(int from, int to) {
    return Records.events(from, to).stream().map(Records::page).toList();
  }
}
