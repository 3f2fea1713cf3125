package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {

  @Test
  void of_rounds_isByNearestRank() {
    List<Double> millis = IntStream.rangeClosed(1, 20).mapToObj(i -> 21.0 - i).toList();

    assertThat(Times.of(millis)).isEqualTo(new Times(10, 1, 19, 20));
  }

  @Test
  void toString_hasAsManyDigitsAsMatter() {
    assertThat(new Times(1.234, 0.5, 45.67, 1_234.5)).hasToString("1.23 (0.50–45.7, most 1,235)");
  }
}
