package io.tidemark.insight.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {

  /// From published tables of Wilson's interval.
  @ParameterizedTest
  @CsvSource({
    "10, 2, 0.0567, 0.5098",
    "10, 0, 0, 0.2775",
    "10, 10, 0.7225, 1",
    "263, 81, 0.2553, 0.3662",
    "1, 0, 0, 0.7935"
  })
  void of_sessions_hasWilsonsInterval(long sessions, long conversions, double low, double high) {
    Conversion conversion = Conversion.of(sessions, conversions);

    assertThat(Objects.requireNonNull(conversion.low())).isEqualTo(low, within(5e-5));
    assertThat(Objects.requireNonNull(conversion.high())).isEqualTo(high, within(5e-5));
  }

  @Test
  void of_noSessions_saysNothing() {
    assertThat(Conversion.of(0, 0)).isEqualTo(new Conversion(0, 0, null, null, null));
  }
}
