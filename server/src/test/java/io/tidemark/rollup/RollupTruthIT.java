package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.IngestProperties;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rollups equal detail, after any mix of late rows, duplicates, two servers and killed refreshes.
class RollupTruthIT {

  private static final Instant START = Instant.parse("2026-01-30T21:30:00Z");
  private static final IngestProperties INGEST = new IngestProperties(2, 300, 20_000);

  private final MigratedDatabase database = MigratedDatabase.open();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GroupCommit oneServer = server();
  private final GroupCommit otherServer = server();
  private final Rollups oneRefresher = refresher();
  private final Rollups otherRefresher = refresher();

  @AfterEach
  void close() {
    oneServer.close();
    otherServer.close();
    threads.close();
    database.close();
  }

  @ParameterizedTest(name = "seed {0}, {1} days")
  @CsvSource({"1, 3", "2, 40", "3, 170"})
  void refresh_whileTwoServersWrite_equalsDetail(long seed, int days) throws Exception {
    letKeysCrossAChunk();
    RandomFacts facts = new RandomFacts(seed, START, Duration.ofDays(days));
    Random random = new Random(seed);
    List<Future<?>> work = new ArrayList<>();
    long unrecognised = 0;

    for (int round = 0; round < 24; round++) {
      List<Fact> group = facts.next(1 + random.nextInt(random.nextInt(5) == 0 ? 600 : 40));
      List<Fact> both = facts.next(20);
      unrecognised += both.stream().filter(fact -> fact.identity() == null).count();
      work.add(threads.submit(() -> store(oneServer, group, both)));
      work.add(threads.submit(() -> store(otherServer, both)));
      work.add(threads.submit(oneRefresher::refresh));
      if (round % 3 == 0) {
        work.add(threads.submit(otherRefresher::refresh));
      }
    }
    for (Future<?> each : work) {
      each.get();
    }
    oneRefresher.refreshAll();

    assertThat(database.count("SELECT count(*) FROM batch_part")).isZero();
    assertThat(DetailRow.readAll(database)).hasSize((int) (facts.distinct() + unrecognised));
    RollupTruth.assertEqualsDetail(database);
  }

  @Test
  void refresh_killedInMidTransaction_losesAndDoublesNothing() throws Exception {
    RandomFacts facts = new RandomFacts(4, START, Duration.ofDays(3));

    for (int round = 0; round < 3; round++) {
      store(oneServer, facts.next(200));
      killInMidTransaction(oneRefresher, facts);
      if (round == 1) {
        otherRefresher.refreshAll();
      }
    }
    otherRefresher.refreshAll();

    RollupTruth.assertEqualsDetail(database);
  }

  @Test
  void refresh_valuesWhoseSumIsBeyondDoubles_goesOn() throws Exception {
    RandomFacts facts = new RandomFacts(5, START, Duration.ofHours(1));
    store(oneServer, facts.next(3_000));

    oneRefresher.refreshAll();

    assertThat(database.count("SELECT count(*) FROM performance_metric WHERE value > 1e308"))
        .isGreaterThan(2);
    RollupTruth.assertEqualsDetail(database);
  }

  /// Holds the refresh up after it has taken its work and merged some of it, then kills its
  /// connection. Meanwhile another refresher leaves it alone and a server goes on writing.
  private void killInMidTransaction(Rollups rollups, RandomFacts facts) throws Exception {
    try (Connection blocker = database.dataSource().getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE people_rollup IN SHARE MODE");
      Future<Long> refresh = threads.submit(rollups::refresh);
      String waiting =
          "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%rollup.refresh people%' AND datname = current_database()";
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> database.count("SELECT count(*) FROM (" + waiting + ") AS pid") == 1);

      store(otherServer, facts.next(50));
      assertThat(otherRefresher.refresh()).isZero();
      database.count(
          "SELECT count(pg_terminate_backend(pid, 10000)) FROM (" + waiting + ") AS pid");

      assertThatThrownBy(refresh::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SQLException.class);
      blocker.rollback();
    }
  }

  @SafeVarargs
  private static void store(GroupCommit server, List<Fact>... groups) {
    for (List<Fact> group : groups) {
      assertThat(server.store(new ArrayList<CapturedRecord>(group)))
          .isInstanceOfSatisfying(
              IngestOutcome.Committed.class, outcome -> assertThat(outcome.refused()).isEmpty());
    }
  }

  /// Sets of people are kept in chunks of 32,768.
  private void letKeysCrossAChunk() {
    database.jdbc().sql("ALTER TABLE app_user ALTER COLUMN user_key RESTART WITH 32750").update();
  }

  private GroupCommit server() {
    return new GroupCommit(
        database.dataSource(),
        QuietWatch.create(),
        partitions(),
        INGEST,
        new SimpleMeterRegistry());
  }

  private Rollups refresher() {
    return Refreshers.of(database.dataSource(), partitions(), InstantSource.fixed(START));
  }

  private Partitions partitions() {
    return new Partitions(database.dataSource(), 1, InstantSource.fixed(START));
  }
}
