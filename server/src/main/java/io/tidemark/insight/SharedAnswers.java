package io.tidemark.insight;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Answers to dear questions, shared: whoever asks the same while it is being answered waits for
/// that answer, and it is given again for five times as long as it took, at most five seconds. So
/// one question, asked by however many pages, costs at most a sixth of a processor. Thread-safe.
///
/// @param <Q> a question, equal to itself when asked again
public final class SharedAnswers<Q, A> {

  private static final int GIVEN_AGAIN_FACTOR = 5;
  private static final Duration GIVEN_AGAIN_AT_MOST = Duration.ofSeconds(5);
  private static final long MOST_ANSWERS = 200;

  private record Timed<A>(A answer, Duration took) {

    Duration givenAgainFor() {
      Duration time = took.multipliedBy(GIVEN_AGAIN_FACTOR);
      return time.compareTo(GIVEN_AGAIN_AT_MOST) < 0 ? time : GIVEN_AGAIN_AT_MOST;
    }
  }

  private final Ticker ticker;
  private final AsyncCache<Q, Timed<A>> answers;

  public SharedAnswers(Ticker ticker) {
    this.ticker = ticker;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(MOST_ANSWERS)
            .ticker(ticker)
            .expireAfter(Expiry.<Q, Timed<A>>creating((question, timed) -> timed.givenAgainFor()))
            .buildAsync();
  }

  /// @param ask runs in this thread, unless the answer is there or on its way; what it throws is
  ///   thrown to all who wait, and not remembered
  public A get(Q question, Supplier<A> ask) {
    CompletableFuture<Timed<A>> own = new CompletableFuture<>();
    AtomicBoolean isFirst = new AtomicBoolean();
    CompletableFuture<Timed<A>> shared =
        answers.get(
            question,
            (asked, executor) -> {
              isFirst.set(true);
              return own;
            });
    if (isFirst.get()) {
      answer(own, ask);
    }
    try {
      return shared.join().answer();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void answer(CompletableFuture<Timed<A>> own, Supplier<A> ask) {
    long start = ticker.read();
    try {
      A answer = ask.get();
      own.complete(new Timed<>(answer, Duration.ofNanos(ticker.read() - start)));
    } catch (Throwable e) {
      own.completeExceptionally(e);
    }
  }
}
