package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.IngestProperties;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
import io.tidemark.record.FactTable;
import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens, in whatever order and at the same time, rollups equal detail in the end, and a
/// comparison says so. A failing seed prints the history that failed.
class RollupHistoryIT {

  private static final Instant START = Instant.parse("2026-01-30T21:30:00Z");
  private static final Duration SPAN = Duration.ofDays(3);
  private static final int STEPS = 40;

  private final MigratedDatabase database = MigratedDatabase.open();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GroupCommit intake =
      new GroupCommit(
          database.dataSource(),
          QuietWatch.create(),
          partitions(),
          new IngestProperties(2, 300, 20_000),
          new SimpleMeterRegistry());
  private final List<Rollups> refreshers = List.of(refresher(), refresher());
  private final RollupRebuild rebuild =
      new RollupRebuild(database.dataSource(), partitions(), InstantSource.fixed(START));
  private final RollupVerification verification =
      new RollupVerification(
          database.dataSource(),
          partitions(),
          InstantSource.fixed(START.plus(SPAN)),
          new Random(1));
  private final List<String> history = new ArrayList<>();

  @AfterEach
  void close() {
    intake.close();
    threads.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void rollups_afterAnyHistory_equalDetail(long seed) throws Exception {
    Random random = new Random(seed);
    RandomFacts facts = new RandomFacts(seed, START, SPAN);
    List<Future<?>> running = new ArrayList<>();

    for (int step = 0; step < STEPS; step++) {
      running.add(next(random, facts));
      if (random.nextInt(3) == 0) {
        finish(running);
      }
    }
    finish(running);
    refreshers.getFirst().refreshAll();

    assertThat(database.count("SELECT count(*) FROM batch_part")).as("%s", history).isZero();
    assertThat(database.count("SELECT count(*) FROM rollup_stale_hour")).isZero();
    RollupTruth.assertEqualsDetail(database);
    RollupVerification.Verdict verdict = verification.verify(null, (done, total) -> true);
    assertThat(verdict.told()).as("%s", history).isEmpty();
    assertThat(verdict.rows()).isEqualTo(DetailRow.readAll(database).size() + events());
  }

  private Future<?> next(Random random, RandomFacts facts) {
    int what = random.nextInt(14);
    return switch (what) {
      case 0, 1, 2, 3 -> {
        List<Fact> group = facts.next(1 + random.nextInt(random.nextInt(4) == 0 ? 500 : 40));
        yield does(
            "stores " + group.size(), () -> intake.store(new ArrayList<CapturedRecord>(group)));
      }
      case 4, 5, 6 -> {
        Rollups refresher = refreshers.get(random.nextInt(2));
        yield does("refreshes", refresher::refresh);
      }
      case 7 -> does("catches up", refreshers.get(random.nextInt(2))::catchUp);
      case 8, 9 -> {
        long person = random.nextLong(1, 61);
        yield does("removes person " + person, () -> remove(person));
      }
      case 10 -> {
        Instant from = START.plus(random.nextInt(60), ChronoUnit.HOURS);
        HourRange range =
            HourRange.around(from, from.plus(1 + random.nextInt(30), ChronoUnit.HOURS));
        int mostParts = random.nextInt(30);
        int[] parts = {0};
        yield does(
            "rebuilds " + range,
            () -> rebuild.rebuild(range, (done, total) -> parts[0]++ < mostParts));
      }
      case 11, 12 -> {
        Instant now = START.plus(random.nextInt(150), ChronoUnit.HOURS);
        RollupPacking packing = new RollupPacking(database.dataSource(), InstantSource.fixed(now));
        yield does("packs at " + now, packing::pack);
      }
      default -> does("loses its rollup connections", this::killRollupWork);
    };
  }

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private Future<?> does(String what, Step step) {
    history.add(what);
    return threads.submit(() -> {
      try {
        step.run();
      } catch (SQLException | org.springframework.dao.DataAccessException e) {
        history.add(what + " and fails: " + e.getMessage());
      }
      return what;
    });
  }

  private static void finish(List<Future<?>> running)
      throws InterruptedException, ExecutionException {
    for (Future<?> each : running) {
      each.get();
    }
    running.clear();
  }

  private void remove(long person) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT remove_detail_of_person(" + person + ")");
    }
  }

  /// As a crash in the middle of whatever they do.
  private void killRollupWork() {
    database.count(
        """
        SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
           AND (query LIKE '%rollup.refresh%' OR query LIKE '%rollup.recount%' OR query LIKE '%rollup.pack%' OR query LIKE '%remove_detail%')
        """);
  }

  private long events() {
    return DetailRow.readAll(database).stream()
        .filter(row -> row.fact() == FactTable.USER_EVENT)
        .count();
  }

  private Rollups refresher() {
    return Refreshers.of(database.dataSource(), partitions(), InstantSource.fixed(START));
  }

  private Partitions partitions() {
    return new Partitions(database.dataSource(), 1, InstantSource.fixed(START));
  }
}
