package io.tidemark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void of_oddNumber_takesTheMiddleOne() {
    assertThat(Spread.of(List.of(9.0, 1.0, 5.0), value -> value)).isEqualTo(new Spread(5, 1, 9));
  }

  @Test
  void of_evenNumber_takesTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0), value -> value))
        .isEqualTo(new Spread(3, 1, 9));
  }

  @Test
  void of_nothing_isRefused() {
    assertThatThrownBy(() -> Spread.of(List.<Double>of(), value -> value))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
