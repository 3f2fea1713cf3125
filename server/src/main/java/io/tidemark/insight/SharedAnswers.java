package io.tidemark.insight;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tidemark.platform.ClientGoneException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Answers to dear questions, shared: whoever asks the same while it is being answered waits for
/// that answer, and it is given again for five times as long as it took, at most five seconds. So
/// one question, asked by however many pages, costs at most a sixth of a processor. It is stopped
/// when all who waited have gone. Thread-safe.
///
/// @param <Q> a question, equal to itself when asked again
public final class SharedAnswers<Q, A> {

  private static final int GIVEN_AGAIN_FACTOR = 5;
  private static final Duration GIVEN_AGAIN_AT_MOST = Duration.ofSeconds(5);
  private static final long MOST_ANSWERS = 200;

  private final Ticker ticker;
  private final AsyncCache<Q, SharedAnswer.Told<A>> answers;

  public SharedAnswers(Ticker ticker) {
    this.ticker = ticker;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(MOST_ANSWERS)
            .ticker(ticker)
            .expireAfter(
                Expiry.<Q, SharedAnswer.Told<A>>creating((question, told) -> told.givenAgainFor()))
            .buildAsync();
  }

  /// @param isGone whether the one who asks has gone away; asked a few times a second, in this
  ///   thread
  /// @param ask runs in a thread of its own, unless the answer is there or on its way; what it
  ///   throws is thrown to all who wait, and not remembered
  /// @throws ClientGoneException if the one who asks has gone away
  public A get(Q question, BooleanSupplier isGone, Function<Cancellation, A> ask) {
    while (true) {
      SharedAnswer<A> shared = findOrStart(question, ask);
      if (shared.tryJoin()) {
        return shared.await(isGone);
      }
      answers.asMap().remove(question, shared);
    }
  }

  /// For one who asks something that is not to be shared.
  ///
  /// @param isGone whether the one who asks has gone away; asked a few times a second, in this
  ///   thread
  /// @param ask runs in a thread of its own
  /// @throws ClientGoneException if the one who asks has gone away
  public static <A> A getAlone(BooleanSupplier isGone, Function<Cancellation, A> ask) {
    return new SharedAnswers<Boolean, A>(Ticker.systemTicker()).get(true, isGone, ask);
  }

  /// How many wait for answers in the making.
  public int waiting() {
    return answers.asMap().values().stream()
        .filter(answer -> !answer.isDone())
        .mapToInt(answer -> ((SharedAnswer<A>) answer).waiting())
        .sum();
  }

  private SharedAnswer<A> findOrStart(Q question, Function<Cancellation, A> ask) {
    SharedAnswer<A> own = new SharedAnswer<>();
    CompletableFuture<SharedAnswer.Told<A>> shared =
        answers.get(question, (asked, executor) -> own);
    if (shared == own) {
      Thread.startVirtualThread(() -> answer(own, ask));
    }
    return (SharedAnswer<A>) shared;
  }

  private void answer(SharedAnswer<A> own, Function<Cancellation, A> ask) {
    long start = ticker.read();
    try {
      A answer = ask.apply(own.cancellation());
      Duration took = Duration.ofNanos(ticker.read() - start);
      own.tell(new SharedAnswer.Told<>(() -> answer, givenAgainFor(took)));
    } catch (RuntimeException e) {
      own.tell(SharedAnswer.Told.failed(e));
    } catch (Throwable e) {
      own.tell(SharedAnswer.Told.failed(new IllegalStateException(e)));
    }
  }

  private static Duration givenAgainFor(Duration took) {
    Duration time = took.multipliedBy(GIVEN_AGAIN_FACTOR);
    return time.compareTo(GIVEN_AGAIN_AT_MOST) < 0 ? time : GIVEN_AGAIN_AT_MOST;
  }
}
