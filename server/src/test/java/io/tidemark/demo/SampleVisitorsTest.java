package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.demo.ScriptedIntake.Refusal;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class SampleVisitorsTest {

  private static final long SEED = 5;

  @Test
  void start_serverAwayAtFirst_waitsAndGoesOn() throws InterruptedException {
    Refusal away = new Refusal(503, Map.of(), "");

    try (ScriptedIntake intake = new ScriptedIntake(away, away, away);
        SampleVisitors visitors = visitors(intake.uri(), 20)) {
      visitors.start();

      await(visitors::recorded, 50);
      assertThat(visitors.refused()).isZero();
      assertThat((long) intake.seen().size()).isGreaterThanOrEqualTo(50);
    }
  }

  @Test
  void start_keyRefused_countsWhatWasRefused() throws InterruptedException {
    Refusal refusal = new Refusal(403, Map.of(), "{\"detail\":\"This key may not.\"}");

    try (ScriptedIntake intake = new ScriptedIntake(refusal);
        SampleVisitors visitors = visitors(intake.uri(), 20)) {
      visitors.start();

      await(visitors::refused, 1);
    }
  }

  @Test
  void close_always_endsTheTraffic() throws InterruptedException {
    try (ScriptedIntake intake = new ScriptedIntake()) {
      SampleVisitors visitors = visitors(intake.uri(), 20);
      visitors.start();
      await(visitors::recorded, 1);

      visitors.close();

      long recorded = visitors.recorded();
      assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(visitors.recorded()).isEqualTo(recorded);
    }
  }

  @Test
  void new_noVisitors_isRefused() {
    assertThatThrownBy(() -> visitors(URI.create("http://127.0.0.1:9"), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SampleVisitors visitors(URI base, int concurrent) {
    return new SampleVisitors(base, "secret-1", InstantSource.system(), concurrent, SEED);
  }

  /// Waits until the counter has reached `least`, at most half a minute.
  private static void await(LongSupplier counter, long least) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (counter.getAsLong() < least && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(counter.getAsLong()).isGreaterThanOrEqualTo(least);
  }
}
