package io.tidemark.capture;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.tidemark.access.AuthenticatedKey;
import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;

/// How much one key may record, so that a program gone wild, or someone who found a public key,
/// leaves room for the others. Each server counts by itself. Thread-safe.
///
/// A bucket of tokens for each key: a record takes one, and a request that holds none, or is never
/// read, takes one as well. What does not fit is refused whole; its tokens stay, save the first.
final class FairUse {

  private static final int MOST_KEYS = 10_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  /// A bucket that is forgotten was full again long before.
  private record Allowance(String keyName, int recordsPerSecond) {}

  private final CaptureProperties.RateLimit limits;
  private final TimeMeter time;
  private final LoadingCache<Allowance, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_KEYS)
          .expireAfterAccess(FORGOTTEN_AFTER)
          .build(this::newBucket);

  FairUse(CaptureProperties.RateLimit limits, TimeMeter time) {
    this.limits = limits;
    this.time = time;
  }

  /// Before anything of a request is read.
  ///
  /// @throws ProblemException 429 if the key has nothing left
  void admitRequest(AuthenticatedKey key) {
    take(key, 1);
  }

  /// Once it is known what a request holds, of which one record was counted already.
  ///
  /// @throws ProblemException 429 if that is more than the key has left
  void admitRecords(AuthenticatedKey key, int records) {
    if (records > 1) {
      take(key, records - 1);
    }
  }

  private void take(AuthenticatedKey key, int tokens) {
    int recordsPerSecond = limits.of(key.kind());
    if (recordsPerSecond == 0) {
      return;
    }
    ConsumptionProbe probe =
        buckets
            .get(new Allowance(key.name(), recordsPerSecond))
            .tryConsumeAndReturnRemaining(tokens);
    if (!probe.isConsumed()) {
      throw ProblemException.retryLater(
          HttpStatus.TOO_MANY_REQUESTS,
          "rate_limited",
          "This key may send %,d records a second; nothing of this request was stored, send it again later"
              .formatted(recordsPerSecond),
          seconds(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket newBucket(Allowance allowance) {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit ->
            limit
                .capacity(limits.burst(allowance.recordsPerSecond()))
                .refillGreedy(allowance.recordsPerSecond(), Duration.ofSeconds(1)))
        .build();
  }

  private static int seconds(long nanos) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
  }
}
