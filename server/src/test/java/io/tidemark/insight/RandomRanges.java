package io.tidemark.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Ranges to ask for.
final class RandomRanges {

  private RandomRanges() {}

  /// Minutes to months, aligned or not, now or in the past, and days of other time zones.
  static List<TimeRange> upTo(Instant now) {
    Random random = new Random(32);
    Stream<TimeRange> any =
        Stream.generate(() -> {
          Instant end = now.minusSeconds(random.nextBoolean() ? 0 : random.nextInt(900_000));
          Instant start = end.minusSeconds(1 + random.nextInt(90 << random.nextInt(17)));
          return new TimeRange(start, end);
        });
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
    Instant kept = now.minus(Duration.ofDays(7)).plusSeconds(3_600);
    return Stream.concat(
            any.limit(8),
            Stream.of(
                new TimeRange(midnight.minus(Duration.ofDays(30)), midnight),
                new TimeRange(
                    midnight.minus(Duration.ofMinutes(2_790)),
                    midnight.minus(Duration.ofMinutes(1_350))),
                new TimeRange(
                    midnight.minus(Duration.ofMinutes(30_150)),
                    midnight.minus(Duration.ofMinutes(28_710))),
                new TimeRange(kept.minusSeconds(1_000), kept.plusSeconds(1_000))))
        .toList();
  }
}
