package io.tidemark.insight.question;

import io.tidemark.insight.Cancellation;
import io.tidemark.insight.Course;
import io.tidemark.insight.InsightProperties;
import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;

/// How long an answer may still take, all of its statements and what is done between them.
/// Thread-safe.
///
/// @param endNanos by the clock that only goes forward
record AnswerTime(WeightClass weight, Duration timeout, long endNanos, Cancellation cancellation)
    implements Course {

  private static final long AGAIN_MILLIS = 200;

  static AnswerTime start(
      WeightClass weight, InsightProperties.Timeout timeouts, Cancellation cancellation) {
    Duration timeout = weight.timeout(timeouts);
    return new AnswerTime(weight, timeout, System.nanoTime() + timeout.toNanos(), cancellation);
  }

  @Override
  public void requireWanted() {
    if (cancellation.isGiven()) {
      throw new ClientGoneException();
    }
    if (leftNanos() <= 0) {
      throw tooLong();
    }
  }

  ProblemException tooLong() {
    return ProblemException.of(
        HttpStatus.SERVICE_UNAVAILABLE,
        "question_timeout",
        "The question took longer than %s, which is tidemark.insight.timeout.%s; ask for a shorter range"
            .formatted(timeout, weight.name().toLowerCase(Locale.ROOT)));
  }

  private long leftNanos() {
    return endNanos - System.nanoTime();
  }

  /// Stops statements that run when the time is over, again and again since others may follow.
  Watch watch() {
    CountDownLatch ended = new CountDownLatch(1);
    Thread.startVirtualThread(() -> {
      try {
        boolean isOver = !ended.await(leftNanos(), TimeUnit.NANOSECONDS);
        while (isOver) {
          cancellation.stop();
          isOver = !ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    return ended::countDown;
  }

  /// Until it is closed.
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
