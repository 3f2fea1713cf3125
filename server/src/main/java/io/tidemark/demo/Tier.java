package io.tidemark.demo;

/// What people pay for in the sample app.
enum Tier {
  FREE(0, 1.0),
  PRO(29, 0.75),
  PREMIUM(68, 0.55);

  private final int monthlyPriceCny;
  private final double waitingShare;

  Tier(int monthlyPriceCny, double waitingShare) {
    this.monthlyPriceCny = monthlyPriceCny;
    this.waitingShare = waitingShare;
  }

  /// The price of a month in yuan (CNY).
  int monthlyPriceCny() {
    return monthlyPriceCny;
  }

  /// The part of the usual processing time that this tier waits: whoever pays more is served
  /// sooner.
  double waitingShare() {
    return waitingShare;
  }
}
