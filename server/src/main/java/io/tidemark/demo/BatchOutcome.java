package io.tidemark.demo;

import java.time.Duration;

/// What became of one posted batch.
sealed interface BatchOutcome {

  /// Committed. `rejected` records were refused alone; `firstRejection` says why the first of them
  /// was, else empty.
  record Taken(long accepted, long duplicates, long rejected, String firstRejection)
      implements BatchOutcome {}

  /// Not now: the server is busy (429), away (503) or cannot be reached. The same batch may be sent
  /// again.
  ///
  /// @param pause how long the server asks to wait, zero when it did not say, at most a minute
  record TryLater(Duration pause, String reason) implements BatchOutcome {}

  /// Sending it again would not help: a wrong key, a body that cannot be read.
  record Refused(int statusCode, String detail) implements BatchOutcome {}
}
