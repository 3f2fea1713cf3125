package io.tidemark.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyTableTest {

  @Test
  void percentile_randomTimes_isTheNearestRank() {
    Random random = new Random(20_260_101);
    for (int run = 0; run < 50; run++) {
      LatencyTable table = new LatencyTable();
      List<Integer> times = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(300); i++) {
        int millis = random.nextInt(1_000);
        times.add(millis);
        table.succeeded("kind", millis);
      }
      Collections.sort(times);
      for (double share : new double[] {0.5, 0.95, 0.99, 1}) {
        int rank = (int) Math.ceil(share * times.size());
        assertThat(table.percentileMillis("kind", share)).isEqualTo(times.get(rank - 1));
      }
    }
  }

  @Test
  void percentile_withoutAnswers_isNone() {
    LatencyTable table = new LatencyTable();
    table.failed("kind", "no answer");

    assertThat(table.percentileMillis("kind", 0.5)).isEqualTo(-1);
    assertThat(table.percentileMillis("other", 0.5)).isEqualTo(-1);
  }

  @Test
  void percentile_beyondTheLongest_countsAsTheLongest() {
    LatencyTable table = new LatencyTable();
    table.succeeded("kind", 999_999);

    assertThat(table.percentileMillis("kind", 1)).isEqualTo(LatencyTable.LONGEST_MILLIS);
  }

  @Test
  void errorRate_isOverAllKinds() {
    LatencyTable table = new LatencyTable();
    table.succeeded("a", 1);
    table.succeeded("b", 1);
    table.succeeded("b", 1);
    table.failed("b", "answered with 503");

    assertThat(table.errorRate()).isEqualTo(0.25, within(1e-12));
    assertThat(table.requests()).isEqualTo(4);
    assertThat(table.failures()).isEqualTo(Map.of("b: answered with 503", 1L));
  }
}
