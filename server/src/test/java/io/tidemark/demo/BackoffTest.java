package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3));

  @Test
  void doubled_again_stopsAtTheLongest() {
    assertThat(backoff.doubled().next()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.doubled().doubled().doubled().next()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void orAsked_serverAsksForMore_isWhatItAsks() {
    assertThat(backoff.orAsked(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
    assertThat(backoff.orAsked(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
  }
}
