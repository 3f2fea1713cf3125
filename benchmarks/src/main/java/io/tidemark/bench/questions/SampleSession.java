package io.tidemark.bench.questions;

import io.tidemark.bench.rows.SampleRow;
import io.tidemark.bench.rows.TimedRow;
import java.util.List;
import java.util.random.RandomGenerator;

/// What one person does in one visit of some minutes: 20 API calls, 10 events, 5 metrics and 3
/// funnel steps on average.
///
/// @param startMillis since 1970
/// @param lengthMillis rows lie within this time
record SampleSession(String userId, String sessionId, long startMillis, int lengthMillis) {

  private static final double MEDIAN_MINUTES = 6;
  private static final double LENGTH_SPREAD = 0.7;
  private static final int SHORTEST_MILLIS = 60_000;
  private static final int LONGEST_MILLIS = 3_600_000;

  /// Of those that reached the step before.
  private static final double[] GO_ON = {1, 0.71, 0.75, 0.74, 0.57, 0.52};

  private static final double SKIPS_FIRST_STEP = 0.04;
  private static final double REPEATS_A_STEP = 0.03;

  private static final double SERVER_ERRORS = 0.015;
  private static final double CLIENT_ERRORS = 0.025;
  private static final double CACHE_HITS = 0.4;
  private static final double CACHED_TIME = 0.2;

  static SampleSession draw(RandomGenerator random, SamplePerson person, long startMillis) {
    double minutes = MEDIAN_MINUTES * Math.exp(LENGTH_SPREAD * random.nextGaussian());
    return new SampleSession(
        person.userId(),
        "s-" + Long.toHexString((1L << 47) | (random.nextLong() >>> 17)),
        startMillis,
        Math.clamp(Math.round(minutes * 60_000), SHORTEST_MILLIS, LONGEST_MILLIS));
  }

  void addRows(RandomGenerator random, List<TimedRow> target) {
    for (int at : moments(10 + random.nextInt(21), random)) {
      target.add(row(at, call(random), random));
    }
    for (int at : moments(5 + random.nextInt(11), random)) {
      target.add(row(at, event(random), random));
    }
    for (int at : moments(2 + random.nextInt(7), random)) {
      SampleApp.Metric metric = SampleApp.METRICS.draw(random);
      target.add(
          row(
              at,
              new SampleRow.Metric(
                  userId,
                  sessionId,
                  metric.type(),
                  metric.sample(random),
                  metric.unit(),
                  SampleApp.PAGES.draw(random)),
              random));
    }
    addSteps(random, target);
  }

  private SampleRow call(RandomGenerator random) {
    SampleApp.Endpoint endpoint = SampleApp.ENDPOINTS.draw(random);
    boolean isCacheHit = endpoint.isCached() && random.nextDouble() < CACHE_HITS;
    double millis =
        SampleApp.lognormal(
            random,
            isCacheHit ? endpoint.median() * CACHED_TIME : endpoint.median(),
            endpoint.spread());
    return new SampleRow.ApiCall(
        userId, sessionId, endpoint.path(), endpoint.method(), status(random), millis, isCacheHit);
  }

  private static int status(RandomGenerator random) {
    double place = random.nextDouble();
    if (place < SERVER_ERRORS) {
      return 500;
    }
    return place < SERVER_ERRORS + CLIENT_ERRORS ? 404 : 200;
  }

  private SampleRow event(RandomGenerator random) {
    return new SampleRow.Event(
        userId,
        sessionId,
        SampleApp.EVENT_TYPES.draw(random),
        SampleApp.PAGES.draw(random),
        SampleApp.PROPERTIES.draw(random));
  }

  /// Fewer reach each step; some come in the middle, some do a step twice.
  private void addSteps(RandomGenerator random, List<TimedRow> target) {
    String effect = SampleApp.EFFECTS.draw(random);
    int[] moments = moments(GO_ON.length, random);
    boolean skipsFirst = random.nextDouble() < SKIPS_FIRST_STEP;
    for (int step = 0; step < GO_ON.length && random.nextDouble() < GO_ON[step]; step++) {
      if (step == 0 && skipsFirst) {
        continue;
      }
      SampleRow row =
          new SampleRow.FunnelStep(userId, sessionId, SampleApp.STEPS.get(step), effect);
      target.add(row(moments[step], row, random));
      if (random.nextDouble() < REPEATS_A_STEP) {
        target.add(row(moments[step] + 1 + random.nextInt(10_000), row, random));
      }
    }
  }

  /// Ascending, no two the same.
  private int[] moments(int count, RandomGenerator random) {
    int[] moments = random.ints(count, 0, lengthMillis).sorted().toArray();
    for (int i = 1; i < count; i++) {
      moments[i] = Math.max(moments[i], moments[i - 1] + 1);
    }
    return moments;
  }

  /// With a random UUID (version 4).
  private TimedRow row(int afterMillis, SampleRow row, RandomGenerator random) {
    return new TimedRow(
        (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L,
        startMillis + afterMillis,
        row);
  }
}
