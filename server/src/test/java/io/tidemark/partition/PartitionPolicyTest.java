package io.tidemark.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionPolicyTest {

  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

  @Test
  void plan_nothingExists_makesThisMonthAndThoseAheadForEveryTable() {
    List<MonthlyPartition> plan = new PartitionPolicy(3).plan(NOVEMBER, Set.of());

    assertThat(plan).hasSize(PartitionedTable.values().length * 4).doesNotHaveDuplicates();
    assertThat(plan)
        .filteredOn(partition -> partition.table() == PartitionedTable.USER_EVENT)
        .extracting(MonthlyPartition::month)
        .containsExactly(
            NOVEMBER, YearMonth.of(2026, 12), YearMonth.of(2027, 1), YearMonth.of(2027, 2));
  }

  @Test
  void plan_someExist_makesTheOthersAlone() {
    Set<MonthlyPartition> existing = new HashSet<>(new PartitionPolicy(1).plan(NOVEMBER, Set.of()));
    MonthlyPartition missing = new MonthlyPartition(PartitionedTable.RECORD_IDENTITY, NOVEMBER);
    existing.remove(missing);

    assertThat(new PartitionPolicy(1).plan(NOVEMBER, existing)).containsExactly(missing);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 25})
  void new_monthsAheadOutOfBounds_isRefusedByName(int monthsAhead) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionPolicy(monthsAhead))
        .withMessageContaining("tidemark.partition.months-ahead");
  }
}
