package io.tidemark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bench.rows.SampleRow;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordMixTest {

  @Test
  void rows_keepTheShares() {
    List<SampleRow> rows = RecordMix.parse("85:8:4:3").rows(1_000, new SplittableRandom(1));

    assertThat(count(rows, SampleRow.ApiCall.class)).isBetween(847L, 853L);
    assertThat(count(rows, SampleRow.Event.class)).isBetween(77L, 83L);
    assertThat(count(rows, SampleRow.Metric.class)).isBetween(37L, 43L);
    assertThat(count(rows, SampleRow.FunnelStep.class)).isBetween(27L, 33L);
  }

  @Test
  void rows_ofOneKind_areOfThatKind() {
    assertThat(RecordMix.parse("1:0:0:0").rows(50, new SplittableRandom(1)))
        .hasSize(50)
        .allMatch(SampleRow.ApiCall.class::isInstance);
  }

  @Test
  void parse_anotherForm_isRefused() {
    for (String text :
        List.of("", "85", "85:8:4", "85:8:4:3:1", "a:b:c:d", "-1:1:1:1", "0:0:0:0")) {
      assertThatThrownBy(() -> RecordMix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static long count(List<SampleRow> rows, Class<? extends SampleRow> kind) {
    return rows.stream().filter(kind::isInstance).count();
  }
}
