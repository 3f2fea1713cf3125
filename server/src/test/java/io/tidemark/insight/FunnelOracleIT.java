package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.insight.FunnelOracle.Completion;
import io.tidemark.insight.FunnelReader.FunnelStepResult;
import io.tidemark.partition.PartitionedTable;
import io.tidemark.partition.Partitions;
import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The ordered funnel against an oracle that tries every chain.
class FunnelOracleIT {

  private static final Instant START = Instant.parse("2026-02-28T23:59:50Z");
  private static final int PEOPLE = 2_500;

  private static MigratedDatabase database;
  private static FunnelReader reader;

  @BeforeAll
  static void open() throws Exception {
    database = MigratedDatabase.open();
    reader = new FunnelReader(database.jdbc());
    Partitions partitions = new Partitions(database.dataSource(), 1, InstantSource.fixed(START));
    partitions.ensure(PartitionedTable.CONVERSION_FUNNEL, Instant.parse("2026-02-01T00:00:00Z"));
    partitions.ensure(PartitionedTable.CONVERSION_FUNNEL, Instant.parse("2026-03-01T00:00:00Z"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.jdbc().sql("TRUNCATE conversion_funnel_detail").update();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void readFunnel_randomPeople_equalsEveryChainTried(long seed) {
    Random random = new Random(seed);
    Collection<List<Completion>> people = people(random);
    long missedByFirstCome = 0;

    for (int question = 0; question < 15; question++) {
      FunnelOracle oracle = oracle(random);

      assertEqual(oracle, people);
      missedByFirstCome +=
          people.stream()
              .filter(each -> oracle.firstCome(each) < oracle.shortest(each).size())
              .count();
    }
    assertThat(missedByFirstCome).isGreaterThan(100);
  }

  /// Completions are written as a step and its second.
  @ParameterizedTest
  @CsvSource({
    "a b c, a0 b1 c2, 3",
    "a b c, a5 b5 c5, 3",
    "a b c, c5 b5 a5, 3",
    "a b a, a5 b5 a5, 3",
    "a b a, a0 a5 b5, 3",
    "a b a, a5 b5, 2",
    "a a b b, a1 a1 b1 b1, 4",
    "a b a b, b1 b1 a1 a1, 4",
    "a b a b, a0 b1 a1 b2, 4",
    "a b c, a0 b1 a9 b10 c18, 3",
    "a b c, a0 a9 b10 c18, 3",
    "a b, a0 b10, 2",
    "a b, a0 b11, 1",
    "a b, b0 a1, 1",
    "a a, a3, 1",
    "a b, a30 b31, 0",
    "a b, a29 b39, 2"
  })
  void readFunnel_onePerson_reachesThatStep(String steps, String completions, int reached) {
    FunnelOracle oracle =
        new FunnelOracle(
            List.of(steps.split(" ")),
            new TimeRange(START, START.plusSeconds(30)),
            Duration.ofSeconds(10));
    List<Completion> person =
        Arrays.stream(completions.split(" "))
            .map(each ->
                new Completion(
                    7, START.plusSeconds(Long.parseLong(each.substring(1))), each.substring(0, 1)))
            .toList();
    store(person);

    assertThat(oracle.shortest(person)).hasSize(reached);
    assertEqual(oracle, List.of(person));
  }

  @Test
  void sql_sevenSteps_sortsDetailOnce() {
    database
        .jdbc()
        .sql(
            """
            WITH kind AS (
              INSERT INTO fact_kind (fact, name) SELECT 'conversion_funnel', 'step_' || n FROM generate_series(0, 7) AS n
              RETURNING kind_id
            )
            INSERT INTO conversion_funnel_detail (ts, batch_id, user_key, kind_id)
            SELECT timestamptz '2026-03-01 00:00:00Z' + random() * interval '28 days', n / 1000, (random() * 20000)::bigint,
                   (SELECT min(kind_id) FROM kind) + (random() * 7)::int
              FROM generate_series(1, 100000) AS n
            """)
        .update();
    database.jdbc().sql("ANALYZE fact_kind, conversion_funnel_detail").update();
    List<String> steps =
        List.of("step_1", "step_2", "step_3", "step_4", "step_5", "step_6", "step_7");
    FunnelQuestion question =
        new FunnelQuestion(
            steps,
            new TimeRange(
                Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-28T00:00:00Z")),
            Duration.ofHours(24));

    List<String> plan =
        database
            .jdbc()
            .sql("EXPLAIN (COSTS OFF) " + question.sql())
            .params(FunnelReader.parameters(question))
            .query(String.class)
            .list();

    assertThat(plan.stream().filter(line -> line.matches(".*-> +(Incremental )?Sort *")).toList())
        .as(String.join("\n", plan))
        .hasSize(1);
  }

  private static void assertEqual(FunnelOracle oracle, Collection<List<Completion>> people) {
    List<FunnelStepResult> actual =
        reader.readFunnel(new FunnelQuestion(oracle.steps(), oracle.range(), oracle.window()));

    List<FunnelOracle.Reached> expected = oracle.reached(people);
    assertThat(actual.stream().map(FunnelStepResult::people).toList())
        .as("%s", oracle)
        .isEqualTo(expected.stream().map(FunnelOracle.Reached::people).toList());
    for (int step = 0; step < expected.size(); step++) {
      Double median = expected.get(step).medianSeconds();
      if (median == null) {
        assertThat(actual.get(step).medianSecondsFromFirst()).isNull();
      } else {
        assertThat(actual.get(step).medianSecondsFromFirst())
            .as("%s", oracle)
            .isCloseTo(median, within(1e-9));
      }
    }
  }

  private static FunnelOracle oracle(Random random) {
    List<String> steps = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    while (steps.size() < count) {
      steps.add(String.valueOf((char) ('a' + random.nextInt(4))));
    }
    Instant from = START.plusSeconds(random.nextInt(6));
    return new FunnelOracle(
        steps,
        new TimeRange(from, from.plusSeconds(4 + random.nextInt(12))),
        Duration.ofMillis(500L * (2 + random.nextInt(20))));
  }

  /// People with few completions at few instants, so that ties and edges are common. Some belong to
  /// nobody.
  private static Collection<List<Completion>> people(Random random) {
    List<Completion> completions = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      int count = 1 + random.nextInt(7);
      for (int i = 0; i < count; i++) {
        Instant at = START.plusMillis(500L * random.nextInt(40));
        completions.add(
            new Completion(person, at, String.valueOf((char) ('a' + random.nextInt(4)))));
      }
    }
    store(completions);
    database
        .jdbc()
        .sql("UPDATE conversion_funnel_detail SET user_key = NULL WHERE user_key % 50 = 0")
        .update();
    Map<Long, List<Completion>> people = new TreeMap<>();
    for (Completion completion : completions) {
      if (completion.person() % 50 != 0) {
        people.computeIfAbsent(completion.person(), _ -> new ArrayList<>()).add(completion);
      }
    }
    return people.values();
  }

  private static void store(List<Completion> completions) {
    database
        .jdbc()
        .sql(
            """
            WITH completion AS (
              SELECT * FROM unnest(?::timestamptz[], ?::bigint[], ?::text[]) AS completion (at, person, step)
            ), added AS (
              INSERT INTO fact_kind (fact, name) SELECT DISTINCT 'conversion_funnel', step FROM completion ORDER BY 2
              ON CONFLICT (fact, name, qualifier) DO UPDATE SET name = excluded.name
              RETURNING kind_id, name
            )
            INSERT INTO conversion_funnel_detail (ts, batch_id, user_key, kind_id)
            SELECT at, 1, person, kind_id FROM completion JOIN added ON name = step
            """)
        .param(completions.stream().map(each -> each.at().toString()).toArray(String[]::new))
        .param(completions.stream().map(Completion::person).toArray(Long[]::new))
        .param(completions.stream().map(Completion::step).toArray(String[]::new))
        .update();
  }
}
