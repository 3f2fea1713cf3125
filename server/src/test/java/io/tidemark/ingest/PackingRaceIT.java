package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two servers take in the same late records while two pack the day that they belong to.
class PackingRaceIT {

  /// More with `-Dtidemark.test.packing-rounds=300`.
  private static final int ROUNDS = Integer.getInteger("tidemark.test.packing-rounds", 30);

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Ingest ingest = new Ingest(database);
  private final Ingest other = new Ingest(database);
  private final Packing packing = new Packing(database);

  @AfterEach
  void close() {
    ingest.close();
    other.close();
    database.close();
  }

  @Test
  void store_sentAgainWhilePacked_isStoredOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      sendWhile(round, packing::pack);

      long sent = (round + 1) * 200L;
      assertThat(database.count("SELECT count(*) FROM user_event")).isEqualTo(sent);
      assertThat(database.count("SELECT count(DISTINCT page) FROM user_event")).isEqualTo(sent);
    }
    packing.pack();

    assertThat(packing.rows()).isZero();
    assertThat(packing.packed()).isEqualTo(ROUNDS * 200L);
    assertThat(packing.disorder()).isZero();
  }

  /// Whoever packs may be cut off at any statement.
  @Test
  void store_packersKilled_isStoredOnce() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      sendWhile(
          round,
          () -> {
            if (random.nextBoolean()) {
              database
                  .jdbc()
                  .sql(
                      """
                          SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                           WHERE datname = current_database() AND application_name = ?
                      """)
                  .query()
                  .singleRow();
            }
            packing.pack();
          });
    }
    packing.pack();

    assertThat(database.count("SELECT count(*) FROM user_event")).isEqualTo(ROUNDS * 200L);
    assertThat(database.count("SELECT count(DISTINCT page) FROM user_event"))
        .isEqualTo(ROUNDS * 200L);
    assertThat(packing.rows()).isZero();
    assertThat(packing.packed()).isEqualTo(ROUNDS * 200L);
    assertThat(packing.disorder()).isZero();
  }

  /// New records twice, and some of earlier rounds, in parts, on both servers.
  private void sendWhile(int round, IdentityWork work) throws Exception {
    List<CapturedRecord> records = new ArrayList<>();
    records.addAll(Facts.events("m-", round * 200, round * 200 + 200));
    records.addAll(List.copyOf(records));
    records.addAll(Facts.events("m-", 0, round * 200).subList(0, round * 100));
    Collections.shuffle(records, new Random(round));
    List<Callable<IngestOutcome>> calls = new ArrayList<>();
    for (int from = 0; from < records.size(); from += 100) {
      List<CapturedRecord> part = records.subList(from, Math.min(from + 100, records.size()));
      Ingest server = from % 200 == 0 ? ingest : other;
      calls.add(() -> server.store(part));
    }
    AtomicBoolean isSent = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> packers =
          List.of(
              threads.submit(() -> repeat(work, isSent)),
              threads.submit(() -> repeat(work, isSent)));
      try {
        for (Future<IngestOutcome> outcome : threads.invokeAll(calls)) {
          assertThat(outcome.get()).isInstanceOf(IngestOutcome.Committed.class);
        }
      } finally {
        isSent.set(true);
      }
      for (Future<Boolean> packer : packers) {
        assertThat(packer.get()).isTrue();
      }
    }
  }

  private static boolean repeat(IdentityWork work, AtomicBoolean isEnough) {
    while (!isEnough.get()) {
      try {
        work.run();
      } catch (SQLException | RuntimeException killed) {
        // Whoever packs next goes on.
      }
    }
    return true;
  }

  private interface IdentityWork {
    void run() throws SQLException;
  }
}
