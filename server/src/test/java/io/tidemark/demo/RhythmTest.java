package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RhythmTest {

  private static final Instant MONDAY = Instant.parse("2026-11-09T00:00:00Z");

  private final Rhythm rhythm = Rhythm.ofTheSampleApp();

  @Test
  void visits_overAWeek_averageOne() {
    double average =
        IntStream.range(0, 7 * 24)
            .mapToDouble(hour -> rhythm.visits(MONDAY.plus(Duration.ofHours(hour))))
            .average()
            .orElseThrow();

    assertThat(average).isCloseTo(1, within(0.01));
  }

  @Test
  void visits_inTheEveningInChina_areManyMoreThanAtNight() {
    Instant evening = Instant.parse("2026-11-10T13:00:00Z");
    Instant night = Instant.parse("2026-11-10T20:00:00Z");

    assertThat(rhythm.visits(evening)).isGreaterThan(10 * rhythm.visits(night));
  }

  @Test
  void slowdown_onABadEvening_isAboutTwiceTheUsual() {
    Instant evening = Instant.parse("2026-11-11T13:00:00Z");
    Instant bad = evening;
    while (!rhythm.isBadEvening(bad)) {
      bad = bad.plus(Duration.ofDays(1));
    }

    assertThat(Duration.between(evening, bad)).isBetween(Duration.ofDays(1), Duration.ofDays(9));
    assertThat(rhythm.slowdown(bad)).isGreaterThan(1.8 * rhythm.slowdown(evening));
  }
}
