package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RollupWorkTest {

  @Test
  void describe_sinceAnEarlierReading_isPerRecordAndRefresh() {
    RollupWork before = new RollupWork(1_000_000, 40, 10);
    RollupWork after = new RollupWork(1_200_000, 60, 11);

    assertThat(after.since(before).describe())
        .isEqualTo(
            "200,000 records merged by 20 refreshes: 5.0 µs a record, 10,000 records and 50 ms a refresh");
  }

  @Test
  void describe_nothingMerged_saysSo() {
    RollupWork same = new RollupWork(7, 1, 0.2);

    assertThat(same.since(same).describe()).isEqualTo("nothing was merged");
  }
}
