package io.tidemark.insight.saved;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// The last answer to a saved question. Immutable.
///
/// A question costs at most a sixth of a processor while it is opened again and again, and a
/// hundredth while nobody opens it: how soon it is asked again follows from how long it took.
///
/// @param askedAt when it was asked
/// @param took how long that took
/// @param json the answer, as it is sent
record KeptAnswer(Instant askedAt, Duration took, String json) {

  /// Larger answers are not kept, in characters.
  static final int MOST_LENGTH = 1_000_000;

  private static final int RENEWAL_FACTOR = 5;
  private static final Duration RENEWED_AT_EARLIEST = Duration.ofSeconds(5);
  private static final int GIVEN_FACTOR = 300;
  private static final Duration GIVEN_AT_LEAST = Duration.ofMinutes(15);

  /// Which answer: those who may see who people are get another than the others.
  record Key(UUID question, boolean showsPeople) {}

  /// That a server asks it now.
  ///
  /// @param since tells it from every other claim
  record Claim(Key key, Instant since) {}

  /// Whether it is young enough to be given.
  boolean isGiven(Instant now) {
    return isYounger(GIVEN_FACTOR, GIVEN_AT_LEAST, now);
  }

  /// Whether it is asked again because somebody opened it.
  boolean isRenewed(Instant now) {
    return !isYounger(RENEWAL_FACTOR, RENEWED_AT_EARLIEST, now);
  }

  private boolean isYounger(int factor, Duration atLeast, Instant now) {
    Duration age = Duration.between(askedAt, now);
    return age.compareTo(took.multipliedBy(factor)) < 0 || age.compareTo(atLeast) < 0;
  }
}
