package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DailyRhythmTest {

  private final DailyRhythm rhythm =
      new DailyRhythm(Instant.parse("2026-08-24T00:00:00Z"), 90 * 24, 123_457);

  @Test
  void sessions_togetherAreAsManyAsThereAre() {
    assertThat(IntStream.range(0, rhythm.hours()).map(rhythm::sessionsIn).sum()).isEqualTo(123_457);
  }

  @Test
  void sessions_areManyInTheAfternoon_fewAtNight() {
    assertThat(rhythm.sessionsIn(15)).isGreaterThan(4 * rhythm.sessionsIn(3));
  }
}
