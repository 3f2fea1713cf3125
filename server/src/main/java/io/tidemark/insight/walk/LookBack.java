package io.tidemark.insight.walk;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/// How far before a range rows are read: where a made session ends depends on where it began, and
/// that on when its person was silent last. Found by trying.
public final class LookBack {

  /// Someone who is active all that time without ever pausing has sessions that are cut where the
  /// reading began.
  private static final Duration FARTHEST = Duration.ofDays(32);

  private LookBack() {}

  /// @param attempt reads from an instant on
  /// @param isSettled whether nobody's activity reaches back to [#settled(Instant)] from within the
  ///   range
  /// @return of the last attempt, which may not be settled
  public static <T> T read(Instant from, Function<Instant, T> attempt, Predicate<T> isSettled) {
    for (Duration back = SessionRule.LONGEST; ; back = back.multipliedBy(2)) {
      T read = attempt.apply(from.minus(back));
      if (isSettled.test(read) || back.compareTo(FARTHEST) >= 0) {
        return read;
      }
    }
  }

  /// Who was active up to here since the reading began may have been before it too; as micros.
  public static long settled(Instant start) {
    return Micros.of(start.plus(SessionRule.SILENCE));
  }
}
