package io.tidemark.demo;

import java.util.random.RandomGenerator;

/// The HTTP endpoints of the sample app and how each one usually answers.
///
/// Answer times are lognormal around a median in milliseconds; a cached answer takes a fifth of it,
/// whatever the load.
enum Endpoint {
  LIST_EFFECTS("GET", "/api/effects", 85, 0.45, 0.70, 0.002, 500),
  SHOW_EFFECT("GET", "/api/effects/{id}", 45, 0.40, 0.60, 0.003, 404),
  SEARCH_EFFECTS("GET", "/api/search", 130, 0.55, 0.30, 0.004, 500),
  LOG_IN("POST", "/api/auth/login", 160, 0.35, 0, 0.045, 401),
  SHOW_PROFILE("GET", "/api/users/me", 45, 0.40, 0.40, 0.002, 500),
  LIST_NOTIFICATIONS("GET", "/api/notifications", 35, 0.40, 0.50, 0.002, 500),
  UPLOAD_IMAGE("POST", "/api/images", 420, 0.60, 0, 0.015, 413),
  START_TASK("POST", "/api/tasks", 620, 0.70, 0, 0.018, 503),
  SHOW_TASK("GET", "/api/tasks/{id}", 35, 0.40, 0, 0.002, 500),
  SHOW_RESULT("GET", "/api/tasks/{id}/result", 70, 0.45, 0.10, 0.004, 404),
  DOWNLOAD_RESULT("GET", "/api/results/{id}/file", 240, 0.55, 0.15, 0.004, 500),
  SHARE_RESULT("POST", "/api/share", 180, 0.55, 0, 0.065, 502),
  LIST_POSTS("GET", "/api/community/posts", 380, 0.85, 0.25, 0.008, 500),
  LIKE_POST("POST", "/api/community/posts/{id}/like", 55, 0.40, 0, 0.003, 409),
  LIST_PLANS("GET", "/api/plans", 30, 0.35, 0.90, 0.001, 500),
  SUBSCRIBE("POST", "/api/subscriptions", 480, 0.45, 0, 0.060, 402),
  CANCEL_SUBSCRIPTION("DELETE", "/api/subscriptions/{id}", 190, 0.40, 0, 0.005, 500);

  /// No answer takes longer: the app's own client gives up then.
  static final double LONGEST_MILLIS = 30_000;

  private static final double CACHED_SHARE_OF_TIME = 0.2;

  private final String method;
  private final String path;
  private final double medianMillis;
  private final double spread;
  private final double cachedShare;
  private final double failedShare;
  private final int failedStatus;

  Endpoint(
      String method,
      String path,
      double medianMillis,
      double spread,
      double cachedShare,
      double failedShare,
      int failedStatus) {
    this.method = method;
    this.path = path;
    this.medianMillis = medianMillis;
    this.spread = spread;
    this.cachedShare = cachedShare;
    this.failedShare = failedShare;
    this.failedStatus = failedStatus;
  }

  String method() {
    return method;
  }

  /// The path as a template, the way a router names it: `/api/effects/{id}`.
  String path() {
    return path;
  }

  /// Whether its answers say if they came from a cache.
  boolean isCacheable() {
    return cachedShare > 0;
  }

  /// One answer. `slowdown` is 1 for a server at ease, 2 for one that takes twice as long and fails
  /// twice as often.
  Answer answer(RandomGenerator random, double slowdown) {
    if (random.nextDouble() < cachedShare) {
      double millis = medianMillis * CACHED_SHARE_OF_TIME * Chance.lognormal(random, spread);
      return new Answer(this, successStatus(), rounded(millis), true);
    }
    boolean failed = random.nextDouble() < failedShare * slowdown;
    double millis = medianMillis * slowdown * Chance.lognormal(random, spread);
    if (!failed) {
      return new Answer(this, successStatus(), rounded(millis), false);
    }
    // A failing upstream is waited for, a refusal is quick.
    double failedMillis = failedStatus >= 500 ? millis * 2 : millis / 2;
    return new Answer(this, failedStatus, rounded(failedMillis), false);
  }

  private int successStatus() {
    return switch (this) {
      case UPLOAD_IMAGE, SHARE_RESULT, SUBSCRIBE -> 201;
      case START_TASK -> 202;
      case LIKE_POST, CANCEL_SUBSCRIPTION -> 204;
      default -> 200;
    };
  }

  private static double rounded(double millis) {
    return Math.round(Math.min(millis, LONGEST_MILLIS) * 10) / 10.0;
  }

  /// What one request came back with.
  ///
  /// @param millis 0 to [#LONGEST_MILLIS], one decimal
  record Answer(Endpoint endpoint, int statusCode, double millis, boolean cached) {

    boolean isFailed() {
      return statusCode >= 400;
    }
  }
}
