package io.tidemark.bench.questions;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What one round asks about.
///
/// @param to not included
/// @param userId whom, where one person is asked about
record QuestionRange(Instant from, Instant to, String userId) {

  static QuestionRange before(Instant to, Duration span, String userId) {
    return new QuestionRange(to.minus(span), to, userId);
  }

  /// The days that it touches, whole (UTC).
  QuestionRange wholeDays() {
    return new QuestionRange(
        from.truncatedTo(ChronoUnit.DAYS),
        to.minusMillis(1).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS),
        userId);
  }
}
