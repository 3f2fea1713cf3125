package io.tidemark.demo;

import java.time.Duration;

/// How waiting costs people: up to `tolerated` nothing, and then half of those who were left for
/// every `halving` more.
record Patience(Duration tolerated, Duration halving) {

  /// For a page to show.
  static final Patience FOR_PAGE = new Patience(Duration.ofMillis(1_500), Duration.ofSeconds(4));

  /// For a picture to be ready.
  static final Patience FOR_PICTURE = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(8));

  /// The chance that someone goes on who would have gone on with the chance `usual` (0 to 1)
  /// without the wait.
  double chance(double usual, double waitedMillis) {
    double over = Math.max(0, waitedMillis - tolerated.toMillis());
    return usual * Math.pow(0.5, over / halving.toMillis());
  }
}
