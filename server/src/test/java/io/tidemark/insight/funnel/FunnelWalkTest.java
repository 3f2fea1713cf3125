package io.tidemark.insight.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.funnel.ChainOracle.Event;
import io.tidemark.insight.walk.LongColumn;
import io.tidemark.insight.walk.Piece;
import io.tidemark.insight.walk.TextColumn;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The walk against the definition.
class FunnelWalkTest {

  private static final int QUESTIONS = 150;
  private static final int UNITS = 60;
  private static final long MINUTE = 60_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void take_randomRows_equalsEverythingTried(long seed) {
    RandomChains chains = new RandomChains(seed);
    Random random = new Random(seed);
    long missedByFirstCome = 0;
    for (int question = 0; question < QUESTIONS; question++) {
      ChainOracle oracle = chains.rules();
      List<List<Event>> units = new ArrayList<>();
      for (int unit = 0; unit < UNITS; unit++) {
        units.add(chains.unit(oracle));
      }

      ValueNumbers values = new ValueNumbers();
      FunnelWalk walk = new FunnelWalk(rules(oracle), values, Long.MIN_VALUE);
      pieces(units, random.nextInt(14), random).forEach(walk::take);

      for (int unit = 0; unit < walk.progress().units(); unit++) {
        List<Event> events = units.get((int) walk.person(unit));
        ChainOracle.Reached expected = oracle.reached(events);
        String context = "%s %s".formatted(oracle, events);
        assertThat(reached(walk.progress(), unit, values))
            .as(context)
            .isEqualTo(expected.steps() == 0 ? null : expected);
        missedByFirstCome += oracle.firstCome(events) < expected.steps() ? 1 : 0;
      }
    }
    assertThat(missedByFirstCome).isGreaterThan(QUESTIONS);
  }

  /// Rows are written as the steps that they can be (1, 2, …), an exclusion (x) or neither (-), and
  /// their instant.
  @ParameterizedTest
  @CsvSource({
    "3, false, 10, 1@0 2@1 3@2, 3",
    "3, false, 10, 1@5 2@5 3@5, 3",
    "3, false, 10, 3@5 2@5 1@5, 3",
    "3, false, 10, 1@0 2@1 1@9 2@10 3@18, 3",
    "3, false, 10, 1@0 1@9 2@10 3@18, 3",
    "2, false, 10, 1@0 2@10, 2",
    "2, false, 10, 1@0 2@11, 1",
    "2, false, 10, 12@3, 1",
    "2, false, 10, 12@3 12@3, 2",
    "3, false, 10, 13@5 2@5 13@5, 3",
    "3, false, 10, 123@5 1@5 12@5, 3",
    "2, false, 10, 1@0 x@1 2@2, 1",
    "2, false, 10, 1@0 x@1 1@1 2@2, 2",
    "2, false, 10, 1@0 x@2 2@2, 2",
    "3, false, 10, 1@0 x@1 2@1 3@2, 2",
    "3, false, 10, 1@0 2x@1 3@2, 3",
    "2, true, 10, 1@0 -@1 2@2, 1",
    "2, true, 10, 1@0 -@0 2@2, 2",
    "2, true, 10, 1@0 2@2 -@2, 2",
    "3, true, 10, 1@0 2@1 -@1 3@2, 2",
    "3, true, 10, 1@0 2@1 1@1 3@2, 3",
    "3, true, 10, 1@0 2@1 2@1 3@2, 2",
    "2, true, 10, 1@0 1@1 2@2, 2"
  })
  void take_oneUnit_reachesThatStep(
      int steps, boolean isStrict, long window, String rows, int reached) {
    ChainOracle oracle =
        new ChainOracle(steps, 0, 30, window, isStrict, List.of(new ChainOracle.Between(1, steps)));
    List<Event> events = new ArrayList<>();
    for (String row : rows.split(" ", -1)) {
      String[] parts = row.split("@", -1);
      events.add(
          new Event(
              Long.parseLong(parts[1]),
              parts[0].chars().filter(Character::isDigit).mapToObj(each -> each - '0').toList(),
              parts[0].contains("x") ? List.of(0) : List.of(),
              null));
    }
    ValueNumbers values = new ValueNumbers();
    FunnelWalk walk = new FunnelWalk(rules(oracle), values, Long.MIN_VALUE);

    pieces(List.of(events), 40, new Random(1)).forEach(walk::take);

    assertThat(walk.progress().reached(0)).isEqualTo(reached);
    assertThat(oracle.reached(events).steps()).isEqualTo(reached);
  }

  @Test
  void take_rowsWithoutSession_beginANewOneAfterSilence() {
    FunnelRules rules = new FunnelRules(2, 0, 1_000 * MINUTE, 500 * MINUTE, false, List.of());
    FunnelWalk walk = new FunnelWalk(rules, new ValueNumbers(), Long.MIN_VALUE);
    long[] minutes = {0, 30, 60, 91, 100, 100};
    int[] bits = {1, 0, 2, 1, 2, 1};
    long[] sessions = {0, 0, 0, 0, 0, 77};

    for (int piece = 0; piece < 2; piece++) {
      int start = piece * 3;
      walk.take(
          rows(
              new long[] {
                minutes[start] * MINUTE, minutes[start + 1] * MINUTE, minutes[start + 2] * MINUTE
              },
              new long[] {5, 5, 5},
              new int[] {bits[start], bits[start + 1], bits[start + 2]},
              new long[] {sessions[start], sessions[start + 1], sessions[start + 2]},
              List.of()));
    }

    List<Integer> reached = new ArrayList<>();
    for (int unit = 0; unit < walk.progress().units(); unit++) {
      reached.add(walk.progress().reached(unit));
      assertThat(walk.person(unit)).isEqualTo(5);
    }
    assertThat(reached).containsExactlyInAnyOrder(2, 2, 1);
  }

  @Test
  void take_activityWithoutEnd_isCutAfterADay() {
    FunnelRules rules = new FunnelRules(2, 0, 3_000 * MINUTE, 3_000 * MINUTE, false, List.of());
    FunnelWalk walk = new FunnelWalk(rules, new ValueNumbers(), Long.MIN_VALUE);
    int count = 80;
    long[] ats = new long[count];
    int[] bits = new int[count];
    for (int i = 0; i < count; i++) {
      ats[i] = 20L * i * MINUTE;
      bits[i] = i == 0 ? 1 : i == 73 ? 2 : 0;
    }

    walk.take(rows(ats, new long[count], bits, new long[count], List.of()));

    assertThat(walk.progress().units()).isEqualTo(2);
    assertThat(walk.progress().reached(0)).isEqualTo(1);
  }

  private static ChainOracle.@Nullable Reached reached(
      FunnelProgress progress, int unit, ValueNumbers values) {
    TreeMap<Integer, Long> quickest = new TreeMap<>();
    for (int step = 0; step < progress.reached(unit); step++) {
      quickest.put(step + 1, progress.quickest(unit, step));
    }
    return quickest.isEmpty()
        ? null
        : new ChainOracle.Reached(
            quickest, progress.bestBegan(unit), values.value(progress.bestValue(unit)));
  }

  private static FunnelRules rules(ChainOracle oracle) {
    return new FunnelRules(
        oracle.steps(),
        oracle.from(),
        oracle.before(),
        oracle.window(),
        oracle.strict(),
        oracle.exclusions().stream()
            .map(between -> FunnelRules.gaps(between.after(), between.before()))
            .toList());
  }

  private record Row(int unit, Event event) {}

  /// All rows up to an instant, and all after it, each in no order.
  private static List<FunnelRows> pieces(List<List<Event>> units, long cut, Random random) {
    List<Row> first = new ArrayList<>();
    List<Row> second = new ArrayList<>();
    for (int unit = 0; unit < units.size(); unit++) {
      for (Event event : units.get(unit)) {
        (event.at() < cut ? first : second).add(new Row(unit, event));
      }
    }
    return List.of(piece(first, random), piece(second, random));
  }

  private static FunnelRows piece(List<Row> rows, Random random) {
    Collections.shuffle(rows, random);
    int[] bits =
        rows.stream()
            .mapToInt(row ->
                row.event().steps().stream().mapToInt(step -> 1 << (step - 1)).sum()
                    + row.event().exclusions().stream().mapToInt(each -> 1 << (16 + each)).sum())
            .toArray();
    List<@Nullable String> firsts = new ArrayList<>();
    rows.stream()
        .filter(row -> row.event().steps().contains(1))
        .forEach(row -> firsts.add(row.event().value()));
    return rows(
        rows.stream().mapToLong(row -> row.event().at()).toArray(),
        rows.stream().mapToLong(Row::unit).toArray(),
        bits,
        new long[0],
        firsts);
  }

  /// @param sessions empty when persons are the unit
  private static FunnelRows rows(
      long[] ats, long[] persons, int[] bits, long[] sessions, List<@Nullable String> firsts) {
    long[] whats =
        IntStream.range(0, ats.length)
            .mapToLong(row -> persons[row] << FunnelRows.BITS_OF_WHAT | bits[row])
            .toArray();
    List<LongColumn> columns = new ArrayList<>(List.of(LongColumn.of(ats), LongColumn.of(whats)));
    if (sessions.length > 0) {
      columns.add(LongColumn.of(sessions));
    }
    return new FunnelRows(
        new Piece(Long.MAX_VALUE, columns, TextColumn.of(firsts)),
        KindBits.of(List.of()),
        sessions.length > 0);
  }
}
