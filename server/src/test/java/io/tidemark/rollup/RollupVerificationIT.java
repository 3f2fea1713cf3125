package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.IngestProperties;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A comparison names every difference, and counting anew mends it.
class RollupVerificationIT {

  private static final Instant START = Instant.parse("2026-03-10T06:00:00Z");
  private static final WorkListener TO_THE_END = (done, total) -> true;

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Partitions partitions =
      new Partitions(database.dataSource(), 1, InstantSource.fixed(START));
  private final InstantSource clock = InstantSource.fixed(START.plus(Duration.ofDays(2)));
  private final Rollups rollups = Refreshers.of(database.dataSource(), partitions, clock);
  private final RollupRebuild rebuild = new RollupRebuild(database.dataSource(), partitions, clock);
  private final RollupVerification verification = verification(new Random(4));

  @BeforeEach
  void fill() throws Exception {
    store(new RandomFacts(31, START, Duration.ofDays(2)), 3_000);
    rollups.refreshAll();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE api_rollup_unpacked SET requests = requests + 1 | api_rollup | requests",
        "UPDATE api_rollup_unpacked SET total_ms = total_ms * 1.00001 + 1 | api_rollup | total_ms",
        "UPDATE api_rollup_unpacked SET latency_counts[1] = 7000 WHERE timed_requests > 0 | api_rollup | latency_counts",
        "DELETE FROM api_rollup_unpacked | api_rollup | row",
        "UPDATE metric_rollup_unpacked SET p95 = p95 + 1, unit = 'parsec' | metric_rollup | unit",
        "UPDATE event_rollup_unpacked SET event_type = concat(event_type, 'x') | event_rollup | row",
        "UPDATE funnel_rollup_unpacked SET completions = 0 | funnel_rollup | completions",
        "UPDATE people_rollup_unpacked SET people = set_bit(people, 4000, 1) WHERE fact = 'conversion_funnel' | people_rollup | people",
        "UPDATE people_rollup_unpacked SET people = ~people WHERE fact = 'api_response_time' AND grain = 'day' | people_rollup | people",
        "UPDATE person_events SET last_at = last_at + interval '1 day' | person_events | last_at",
        "DELETE FROM person_events WHERE user_key % 2 = 0 | person_events | row"
      })
  void verify_rollupsChangedByHand_namesItAndRebuildMendsIt(
      String change, String rollup, String column) throws Exception {
    assertThat(verification.verify(null, TO_THE_END).told()).isEmpty();
    int changed = database.jdbc().sql(change).update();

    RollupVerification.Verdict verdict = verification.verify(null, TO_THE_END);

    assertThat(changed).isPositive();
    assertThat(verdict.differences()).isGreaterThanOrEqualTo(changed);
    assertThat(verdict.told())
        .isNotEmpty()
        .anySatisfy(difference -> {
          assertThat(difference.rollup()).isEqualTo(rollup);
          assertThat(difference.column()).isEqualTo(column);
          assertThat(difference.kept()).isNotEqualTo(difference.expected());
        });
    assertThat(verification.knownDifferences()).isPositive();

    assertThat(rebuild.rebuild(null, TO_THE_END)).isTrue();

    assertThat(verification.knownDifferences()).isZero();
    RollupTruth.assertEqualsDetail(database);
    assertThat(verification.verify(null, TO_THE_END).told()).isEmpty();
  }

  @Test
  void verify_detailChangedByHand_namesIt() throws Exception {
    database.jdbc().sql("DELETE FROM user_event_detail WHERE user_key % 3 = 0").update();

    assertThat(verification.verify(null, TO_THE_END).told())
        .extracting(RollupDifference::rollup)
        .contains("event_rollup", "people_rollup", "person_events");
    rebuild.rebuild(null, TO_THE_END);

    RollupTruth.assertEqualsDetail(database);
  }

  @Test
  void verify_rangeWithoutTheDifference_findsNone() throws Exception {
    Instant day = START.truncatedTo(ChronoUnit.DAYS);
    database
        .jdbc()
        .sql(
            "UPDATE event_rollup_unpacked SET events = events + 1 WHERE bucket >= ? AND grain = 'hour'")
        .param(java.sql.Timestamp.from(day.plus(1, ChronoUnit.DAYS)))
        .update();

    assertThat(
            verification
                .verify(HourRange.around(day, day.plus(1, ChronoUnit.DAYS)), TO_THE_END)
                .differences())
        .isZero();
    assertThat(
            verification
                .verify(
                    HourRange.around(
                        day.plus(24, ChronoUnit.HOURS), day.plus(43, ChronoUnit.HOURS)),
                    TO_THE_END)
                .told())
        .isNotEmpty()
        .allSatisfy(difference -> assertThat(difference.grain()).isEqualTo("hour"));
  }

  @Test
  void verify_workStillToBeMerged_isNoDifference() throws Exception {
    store(new RandomFacts(32, START, Duration.ofDays(2)), 500);

    assertThat(database.count("SELECT count(*) FROM batch_part")).isPositive();
    assertThat(verification.verify(null, TO_THE_END).differences()).isZero();
  }

  @Test
  void verify_hoursBeingCountedAnew_areLeftOutAndToldSo() throws Exception {
    database.count("SELECT remove_detail_of_person(min(user_key)) FROM user_event");

    RollupVerification.Verdict verdict = verification.verify(null, TO_THE_END);

    assertThat(verdict.skippedHours()).isPositive();
    assertThat(verdict.differences()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void rebuild_stopped_leavesTheRestAsItWas(int parts) throws Exception {
    database.jdbc().sql("UPDATE funnel_rollup_unpacked SET completions = completions + 5").update();
    int[] told = {0};

    assertThat(rebuild.rebuild(null, (done, total) -> told[0]++ < parts)).isFalse();

    assertThat(database.count("SELECT count(*) FROM rollup_stale_hour")).isZero();
    assertThat(verification.verify(null, TO_THE_END).differences()).isPositive();
    assertThat(rebuild.rebuild(null, TO_THE_END)).isTrue();
    RollupTruth.assertEqualsDetail(database);
  }

  @Test
  void rebuild_killedHalfWay_isFinishedByTheNextRefresher() throws Exception {
    database.jdbc().sql("UPDATE api_rollup_unpacked SET requests = 0").update();
    int[] told = {0};
    try {
      rebuild.rebuild(
          HourRange.around(START.minus(Duration.ofHours(6)), START.plus(Duration.ofDays(2))),
          (done, total) -> {
            if (told[0]++ == 2) {
              throw new IllegalStateException("as good as killed");
            }
            return true;
          });
    } catch (IllegalStateException expected) {
      assertThat(database.count("SELECT count(*) FROM rollup_stale_hour")).isPositive();
    }

    rollups.refreshAll();

    assertThat(database.count("SELECT count(*) FROM rollup_stale_hour")).isZero();
    RollupTruth.assertEqualsDetail(database);
  }

  @Test
  void verifySample_differencesEverywhere_findsSomeAndKeepsThem() throws Exception {
    database.jdbc().sql("UPDATE event_rollup_unpacked SET events = events + 1").update();
    database.jdbc().sql("UPDATE funnel_rollup_unpacked SET completions = completions + 1").update();
    RollupVerification sampling =
        new RollupVerification(database.dataSource(), partitions, clock, new Random(5));

    for (int sample = 0; sample < 60 && sampling.knownDifferences() == 0; sample++) {
      sampling.verifySample();
    }

    assertThat(sampling.knownDifferences()).isPositive();
  }

  private void store(RandomFacts facts, int records) {
    try (GroupCommit intake =
        new GroupCommit(
            database.dataSource(),
            QuietWatch.create(),
            partitions,
            new IngestProperties(1, 1_000, 10_000),
            new SimpleMeterRegistry())) {
      intake.store(new ArrayList<CapturedRecord>(facts.next(records)));
    }
  }

  private RollupVerification verification(Random random) {
    return new RollupVerification(database.dataSource(), partitions, clock, random);
  }
}
