package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private final Patience patience = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(8));

  @Test
  void chance_withinWhatIsTolerated_isTheUsual() {
    assertThat(patience.chance(0.8, 0)).isEqualTo(0.8);
    assertThat(patience.chance(0.8, 3_000)).isEqualTo(0.8);
  }

  @Test
  void chance_beyond_halvesForEveryHalving() {
    assertThat(patience.chance(0.8, 11_000)).isCloseTo(0.4, within(1e-9));
    assertThat(patience.chance(0.8, 19_000)).isCloseTo(0.2, within(1e-9));
  }
}
