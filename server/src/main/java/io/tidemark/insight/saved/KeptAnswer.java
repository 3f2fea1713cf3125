package io.tidemark.insight.saved;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// The last answer to a saved question. Immutable.
///
/// How soon it is asked again follows from how long that takes, so that a question costs at most a
/// sixth of a processor while it is opened again and again. Times are by the clock of the database.
///
/// @param json the answer, as it is sent
/// @param took how long it took
/// @param age since it was asked
/// @param tryTook how long the last try took, whatever came of it
/// @param sinceTry since that began
record KeptAnswer(String json, Duration took, Duration age, Duration tryTook, Duration sinceTry) {

  /// Longer answers are not kept, in characters.
  static final int MOST_LENGTH = 1_000_000;

  static final int RENEWAL_FACTOR = 5;
  static final Duration RENEWED_AT_EARLIEST = Duration.ofSeconds(5);
  private static final int GIVEN_FACTOR = 300;
  private static final Duration GIVEN_AT_LEAST = Duration.ofMinutes(15);

  /// Which answer: those who may see who people are get another than the others.
  record Key(UUID question, boolean showsPeople) {}

  /// That a server asks it now.
  ///
  /// @param since tells it from every other claim
  record Claim(Key key, Instant since) {}

  /// Whether it is young enough to be given.
  boolean isGiven() {
    return age.compareTo(GIVEN_AT_LEAST) < 0 || age.compareTo(took.multipliedBy(GIVEN_FACTOR)) < 0;
  }

  /// Whether opening it has it asked again.
  boolean isRenewed() {
    return sinceTry.compareTo(RENEWED_AT_EARLIEST) >= 0
        && sinceTry.compareTo(tryTook.multipliedBy(RENEWAL_FACTOR)) >= 0;
  }
}
