package io.tidemark.rollup;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.stream.Stream;

/// A range of time that begins and ends anywhere.
record AnyRange(OffsetDateTime from, OffsetDateTime to) {

  /// Forty of all lengths; most begin and end near the middle, where most records are, some on
  /// whole minutes or hours.
  static Stream<AnyRange> around(Instant middle) {
    Random random = new Random(72);
    return Stream.generate(() -> range(middle, random)).limit(40);
  }

  private static AnyRange range(Instant middle, Random random) {
    Instant one = end(middle, random);
    Instant other = end(middle, random);
    return one.isBefore(other)
        ? new AnyRange(utc(one), utc(other))
        : new AnyRange(utc(other), utc(one));
  }

  private static Instant end(Instant middle, Random random) {
    Instant at =
        random.nextInt(3) == 0
            ? middle.plusSeconds(random.nextInt(864_000) - 432_000)
            : middle.plusSeconds(random.nextInt(900) - 100);
    return switch (random.nextInt(5)) {
      case 0 -> at.truncatedTo(ChronoUnit.HOURS);
      case 1 -> at.truncatedTo(ChronoUnit.MINUTES);
      default -> at.plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
    };
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
