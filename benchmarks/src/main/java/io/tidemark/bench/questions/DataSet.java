package io.tidemark.bench.questions;

import java.time.Duration;
import java.time.Instant;

/// What is stored and asked about: 90 days of an app's life. The same values make the same rows.
///
/// @param scale 1 is a million sessions of 100,000 people: some 38 million rows
/// @param seed another one makes other rows of the same kind
/// @param end no row is from this time or later; on a whole minute
record DataSet(double scale, long seed, Instant end) {

  static final Duration SPAN = Duration.ofDays(90);

  /// The part that arrives last, in small batches.
  static final Duration LIVE_SPAN = Duration.ofDays(1);

  private static final int SESSIONS_AT_SCALE_1 = 1_000_000;
  private static final int PEOPLE_AT_SCALE_1 = 100_000;
  private static final int FEWEST_PEOPLE = 100;

  DataSet {
    if (!(scale >= 0.0001 && scale <= 10)) {
      throw new IllegalArgumentException("a scale is from 0.0001 to 10");
    }
  }

  Instant start() {
    return end.minus(SPAN);
  }

  Instant liveFrom() {
    return end.minus(LIVE_SPAN);
  }

  int sessions() {
    return (int) Math.round(SESSIONS_AT_SCALE_1 * scale);
  }

  int people() {
    return Math.max(FEWEST_PEOPLE, (int) Math.round(PEOPLE_AT_SCALE_1 * scale));
  }

  /// In one line.
  String describe() {
    return "90 days to %s, scale %s, seed %d: %,d sessions of %,d people"
        .formatted(end, scale, seed, sessions(), people());
  }
}
