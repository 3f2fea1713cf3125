package io.tidemark.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionPolicyTest {

  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

  private final PartitionPolicy policy = new PartitionPolicy(3);

  @Test
  void plan_nothingExists_makesThisMonthAndThoseAheadForEveryTable() {
    List<Partition> plan = policy.plan(TODAY, Set.of());

    assertThat(plan).doesNotHaveDuplicates();
    assertThat(plan)
        .filteredOn(partition -> partition.table() == PartitionedTable.USER_EVENT)
        .extracting(Partition::name)
        .containsExactly(
            "user_event_detail_2026_11",
            "user_event_detail_2026_12",
            "user_event_detail_2027_01",
            "user_event_detail_2027_02");
    assertThat(plan).hasSize((PartitionedTable.values().length - 1) * 4 + 3);
  }

  @Test
  void plan_identities_areByDay() {
    assertThat(policy.plan(TODAY, Set.of()))
        .filteredOn(partition -> partition.table() == PartitionedTable.RECORD_IDENTITY)
        .containsExactly(day("2026-11-29"), day("2026-11-30"), day("2026-12-01"));
  }

  @Test
  void plan_identitiesHaveTheMonth_goesOnWithIt() {
    assertThat(policy.plan(TODAY, Set.of(month(NOVEMBER))))
        .filteredOn(partition -> partition.table() == PartitionedTable.RECORD_IDENTITY)
        .containsExactly(day("2026-12-01"));
  }

  @Test
  void plan_someExist_makesTheOthersAlone() {
    Set<Partition> existing = new HashSet<>(policy.plan(TODAY, Set.of()));
    Partition missing = Partition.ofMonth(PartitionedTable.USER_EVENT, NOVEMBER);
    existing.remove(missing);

    assertThat(policy.plan(TODAY, existing)).containsExactly(missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-29", "2026-11-29", "2026-12-01"})
  void choose_near_isADay(String day) {
    assertThat(choose(day, Set.of())).isEqualTo(day(day));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01", "2024-11-28", "2026-12-02", "2099-12-31"})
  void choose_farAway_isItsMonth(String day) {
    assertThat(choose(day, Set.of())).isEqualTo(month(YearMonth.from(LocalDate.parse(day))));
  }

  @Test
  void choose_farAwayInAMonthThatHasDays_isADay() {
    assertThat(choose("2026-12-24", Set.of(day("2026-12-01")))).isEqualTo(day("2026-12-24"));
    assertThat(choose("2024-11-01", Set.of(day("2024-11-29")))).isEqualTo(day("2024-11-01"));
  }

  @Test
  void choose_monthExists_isTheMonth() {
    assertThat(choose("2026-11-29", Set.of(month(NOVEMBER)))).isEqualTo(month(NOVEMBER));
  }

  @Test
  void choose_detail_isAMonth() {
    assertThat(policy.choose(PartitionedTable.USER_EVENT, TODAY, TODAY, Set.of()))
        .isEqualTo(Partition.ofMonth(PartitionedTable.USER_EVENT, NOVEMBER));
  }

  @Test
  void listDivisible_isTheMonthsOfIdentitiesThatAreHereOrCome() {
    Set<Partition> existing =
        Set.of(
            month(NOVEMBER.minusMonths(1)),
            month(NOVEMBER),
            month(NOVEMBER.plusMonths(1)),
            month(NOVEMBER.plusMonths(2)),
            day("2026-11-01"),
            Partition.ofMonth(PartitionedTable.USER_EVENT, NOVEMBER));

    assertThat(policy.listDivisible(TODAY, existing))
        .containsExactlyInAnyOrder(month(NOVEMBER), month(NOVEMBER.plusMonths(1)));
    assertThat(policy.listDivisible(TODAY.minusDays(1), existing)).containsExactly(month(NOVEMBER));
  }

  /// A sender that sends every day from 1970 to 2099, in any order.
  @Test
  void choose_everyDay_boundsHowManyThereAre() {
    Set<Partition> existing = new HashSet<>();
    List<LocalDate> days =
        Stream.iterate(LocalDate.of(1970, 1, 1), day -> day.plusDays(1))
            .limit(130 * 365 + 32)
            .toList();
    for (int i = 0; i < days.size(); i++) {
      LocalDate day = days.get((int) (i * 7_919L % days.size()));
      existing.add(policy.choose(PartitionedTable.RECORD_IDENTITY, day, TODAY, existing));
    }

    assertThat(existing).hasSizeLessThan(130 * 12 + 2 * 366 + 62);
    assertThat(days)
        .allMatch(day ->
            existing.contains(day(day.toString()))
                != existing.contains(month(YearMonth.from(day))));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 25})
  void new_monthsAheadOutOfBounds_isRefusedByName(int monthsAhead) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionPolicy(monthsAhead))
        .withMessageContaining("tidemark.partition.months-ahead");
  }

  private Partition choose(String day, Set<Partition> existing) {
    return policy.choose(PartitionedTable.RECORD_IDENTITY, LocalDate.parse(day), TODAY, existing);
  }

  private static Partition day(String day) {
    return Partition.ofDay(PartitionedTable.RECORD_IDENTITY, LocalDate.parse(day));
  }

  private static Partition month(YearMonth month) {
    return Partition.ofMonth(PartitionedTable.RECORD_IDENTITY, month);
  }
}
