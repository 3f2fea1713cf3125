package io.tidemark.insight.funnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.insight.Course;
import io.tidemark.insight.SampleSettings;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.funnel.ChainOracle.Between;
import io.tidemark.insight.funnel.ChainOracle.Event;
import io.tidemark.insight.funnel.ChainOracle.Reached;
import io.tidemark.insight.funnel.RandomRows.Row;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.FilterValue;
import io.tidemark.insight.select.PropertyFilter;
import io.tidemark.insight.walk.SessionOracle;
import io.tidemark.insight.walk.ValueNumbers;
import io.tidemark.partition.PartitionedTable;
import io.tidemark.partition.Partitions;
import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/// Funnels over rows of PostgreSQL against the definition.
class FunnelEngineIT {

  private static final int PEOPLE = 150;
  private static final int QUESTIONS = 60;
  private static final PropertyFilter PLAN_A =
      PropertyFilter.property("plan", new FilterValue("a"));
  private static final List<EventSelector> SELECTORS =
      List.of(
          EventSelector.event("a"),
          EventSelector.event("b"),
          EventSelector.step("a"),
          EventSelector.step("b"),
          new EventSelector(null, null, List.of()),
          new EventSelector(null, "c", List.of(PLAN_A)),
          new EventSelector("c", null, List.of(PLAN_A)));

  private static MigratedDatabase database;
  private static FunnelEngine engine;

  @BeforeAll
  static void open() throws Exception {
    database = MigratedDatabase.open();
    engine =
        new FunnelEngine(
            new FunnelReader(new JdbcTemplate(database.dataSource())), SampleSettings.PROPERTIES);
    Partitions partitions =
        new Partitions(database.dataSource(), 1, InstantSource.fixed(RandomRows.START));
    for (Instant month :
        List.of(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"))) {
      partitions.ensure(PartitionedTable.CONVERSION_FUNNEL, month);
      partitions.ensure(PartitionedTable.USER_EVENT, month);
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void walk_randomRows_equalsEverythingTried(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new RandomRows(seed).next(PEOPLE);
    RandomRows.store(database, rows, PEOPLE);
    long converted = 0;
    for (int question = 0; question < QUESTIONS; question++) {
      Funnel funnel = funnel(random);

      ValueNumbers values = new ValueNumbers();
      FunnelWalk walk = engine.walk(funnel, values, Course.ENDLESS);

      List<Reached> expected = expected(funnel, rows);
      assertSteps(funnel, walk.progress(), expected);
      if (funnel.breakdown() != null) {
        assertGroups(funnel, walk.progress(), values, expected);
      }
      converted += expected.stream().filter(each -> each.steps() > 1).count();
    }
    assertThat(converted).isGreaterThan(200);
  }

  private static Funnel funnel(Random random) {
    List<EventSelector> steps =
        random.ints(1 + random.nextInt(4), 0, SELECTORS.size()).mapToObj(SELECTORS::get).toList();
    List<FunnelExclusion> exclusions = new ArrayList<>();
    if (steps.size() > 1 && random.nextInt(3) == 0) {
      EventSelector events = SELECTORS.get(random.nextInt(SELECTORS.size()));
      int after = 1 + random.nextInt(steps.size() - 1);
      exclusions.add(
          new FunnelExclusion(events.event(), events.step(), events.where(), after, steps.size()));
    }
    Instant from =
        RandomRows.START.plus(
            RandomRows.TICK.multipliedBy(random.nextInt(random.nextInt(4) > 0 ? 20 : 260)));
    return new Funnel(
        new TimeRange(from, from.plus(RandomRows.TICK.multipliedBy(5 + random.nextInt(30)))),
        random.nextInt(3) == 0 ? FunnelUnit.SESSION : FunnelUnit.PERSON,
        steps,
        RandomRows.TICK.multipliedBy(1 + random.nextInt(20)),
        exclusions.isEmpty() && random.nextInt(3) == 0,
        exclusions,
        switch (random.nextInt(3)) {
          case 0 -> Breakdown.property("plan");
          case 1 -> new Breakdown(null, "country", null, 2);
          default -> null;
        });
  }

  /// Of each unit that took the first step.
  private static List<Reached> expected(Funnel funnel, List<Row> rows) {
    Function<Instant, Long> ticks =
        at -> Duration.between(RandomRows.START, at).dividedBy(RandomRows.TICK);
    ChainOracle oracle =
        new ChainOracle(
            funnel.steps().size(),
            ticks.apply(funnel.range().from()),
            ticks.apply(funnel.range().to()),
            funnel.window().dividedBy(RandomRows.TICK),
            funnel.isStrict(),
            funnel.exclusions().stream()
                .map(each ->
                    new Between(
                        Objects.requireNonNull(each.after()),
                        Objects.requireNonNull(each.before())))
                .toList());
    return units(funnel, rows).stream()
        .map(unit ->
            oracle.reached(
                unit.stream()
                    .filter(row -> counts(funnel, row))
                    .map(row -> event(funnel, row))
                    .toList()))
        .filter(reached -> reached.steps() > 0)
        .toList();
  }

  private static Collection<List<Row>> units(Funnel funnel, List<Row> rows) {
    if (funnel.unit() == FunnelUnit.PERSON) {
      return rows.stream()
          .filter(row -> row.person() != null)
          .collect(Collectors.groupingBy(row -> "" + row.person()))
          .values();
    }
    List<List<Row>> units = new ArrayList<>();
    rows.stream()
        .filter(row -> row.person() != null || row.session() != null)
        .collect(Collectors.groupingBy(row -> row.person() + "/" + row.session()))
        .values()
        .forEach(of ->
            units.addAll(SessionOracle.sessions(of, Row::at, of.getFirst().session() != null)));
    return units;
  }

  /// What is neither step nor exclusion counts only in strict funnels, among rows of the tables
  /// that the steps are of.
  private static boolean counts(Funnel funnel, Row row) {
    return funnel.steps().stream()
            .anyMatch(
                step -> funnel.isStrict() ? (step.step() != null) == row.isStep() : is(step, row))
        || funnel.exclusions().stream().anyMatch(each -> is(each.events(), row));
  }

  private static Event event(Funnel funnel, Row row) {
    return new Event(
        row.tick(),
        IntStream.rangeClosed(1, funnel.steps().size())
            .filter(step -> is(funnel.steps().get(step - 1), row))
            .boxed()
            .toList(),
        IntStream.range(0, funnel.exclusions().size())
            .filter(each -> is(funnel.exclusions().get(each).events(), row))
            .boxed()
            .toList(),
        value(funnel.breakdown(), row));
  }

  private static @Nullable String value(@Nullable Breakdown breakdown, Row row) {
    if (breakdown == null || breakdown.property() != null) {
      return breakdown == null ? null : row.plan();
    }
    Long person = row.person();
    return person == null || person % 2 == 1 ? null : "land " + person % 6;
  }

  private static boolean is(EventSelector selector, Row row) {
    return (selector.step() != null) == row.isStep()
        && (selector.name() == null || row.name().equals(selector.name()))
        && (selector.where().isEmpty() || "a".equals(row.plan()));
  }

  private static void assertSteps(Funnel funnel, FunnelProgress progress, List<Reached> expected) {
    List<FunnelStepResult> actual =
        FunnelStepResult.of(
            labels(funnel), progress, IntStream.range(0, progress.units()).toArray());
    for (int step = 1; step <= funnel.steps().size(); step++) {
      int wanted = step;
      FunnelStepResult result = actual.get(step - 1);
      List<Reached> took = expected.stream().filter(each -> each.steps() >= wanted).toList();
      assertThat(result.converted()).as("%s %s", funnel, actual).isEqualTo(took.size());
      assertThat(result.entered() - result.dropOff()).isEqualTo(result.converted());
      if (!took.isEmpty()) {
        double median =
            database
                .jdbc()
                .sql(
                    "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY t) FROM unnest(?::float8[]) AS t")
                .param(
                    took.stream()
                        .map(each ->
                            Objects.requireNonNull(each.quickest().get(wanted))
                                * (double) RandomRows.TICK.toSeconds())
                        .toArray(Double[]::new))
                .query(Double.class)
                .single();
        assertThat(result.medianSecondsFromFirst()).isCloseTo(median, within(1e-6));
      }
    }
  }

  private static void assertGroups(
      Funnel funnel, FunnelProgress progress, ValueNumbers values, List<Reached> expected) {
    Map<String, long[]> byValue = new HashMap<>();
    for (Reached each : expected) {
      long[] counts =
          byValue.computeIfAbsent("" + each.value(), _ -> new long[funnel.steps().size()]);
      for (int step = 0; step < each.steps(); step++) {
        counts[step]++;
      }
    }
    Breakdown breakdown = Objects.requireNonNull(funnel.breakdown());
    List<FunnelGroup> groups = FunnelGroup.of(labels(funnel), progress, values, breakdown.shown());
    long[] rest = new long[funnel.steps().size()];
    byValue.values().forEach(counts -> add(rest, counts, 1));
    for (FunnelGroup group : groups) {
      long[] counts = counts(group);
      if (group.isOther()) {
        assertThat(counts).as("%s", funnel).isEqualTo(rest);
      } else {
        assertThat(counts).as("%s %s", funnel, group).isEqualTo(byValue.get("" + group.value()));
      }
      add(rest, counts, -1);
    }
    assertThat(rest).containsOnly(0);
    assertThat(groups.size()).isLessThanOrEqualTo(breakdown.shown() + 1);
  }

  private static long[] counts(FunnelGroup group) {
    return group.steps().stream().mapToLong(FunnelStepResult::converted).toArray();
  }

  private static void add(long[] sums, long[] counts, int sign) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += sign * counts[i];
    }
  }

  private static List<String> labels(Funnel funnel) {
    return funnel.steps().stream().map(EventSelector::label).toList();
  }
}
