package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final SharedAnswers<String, Integer> answers = new SharedAnswers<>(nanos::get);

  @Test
  void get_again_isTheSameForFiveTimesAsLongAsItTook() {
    assertThat(ask("funnel", Duration.ofMillis(200))).isEqualTo(1);

    pass(Duration.ofMillis(999));
    assertThat(ask("funnel", Duration.ofMillis(200))).isEqualTo(1);

    pass(Duration.ofMillis(2));
    assertThat(ask("funnel", Duration.ofMillis(200))).isEqualTo(2);
  }

  @Test
  void get_slowQuestion_isAskedAnewAfterFiveSeconds() {
    ask("funnel", Duration.ofMinutes(1));

    pass(Duration.ofMillis(5_001));

    assertThat(ask("funnel", Duration.ofMinutes(1))).isEqualTo(2);
  }

  @Test
  void get_anotherQuestion_isAsked() {
    ask("funnel", Duration.ofSeconds(1));

    assertThat(ask("other funnel", Duration.ofSeconds(1))).isEqualTo(2);
  }

  @Test
  void get_failed_isThrownAndNotRemembered() {
    assertThatThrownBy(() ->
            get(
                "funnel",
                () -> {
                  throw new IllegalStateException("away");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("away");

    assertThat(ask("funnel", Duration.ofSeconds(1))).isEqualTo(1);
  }

  @Test
  void get_manyAtOnce_asksOnce() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    List<Future<Integer>> waiting = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        waiting.add(
            threads.submit(() ->
                get(
                    "funnel",
                    () -> {
                      isAsked.countDown();
                      await(mayAnswer);
                      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                      return asked.incrementAndGet();
                    })));
      }
      isAsked.await();
      mayAnswer.countDown();
      for (Future<Integer> answer : waiting) {
        assertThat(answer.get()).isEqualTo(1);
      }
    }
  }

  private int ask(String question, Duration took) {
    return get(
        question,
        () -> {
          pass(took);
          return asked.incrementAndGet();
        });
  }

  private int get(String question, Supplier<Integer> ask) {
    return answers.get(question, () -> false, cancellation -> ask.get());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
