package io.tidemark.bench.ingest;

import io.tidemark.bench.rows.SampleRow;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// How many of each kind of row, in parts of their sum.
record RecordMix(int apiCalls, int events, int metrics, int funnelSteps) {

  private static final int PEOPLE = 10_000;
  private static final String[] ENDPOINTS = {
    "/api/effects", "/api/effects/{id}", "/api/search", "/api/auth/login", "/api/users/me",
    "/api/notifications", "/api/images", "/api/tasks", "/api/tasks/{id}", "/api/tasks/{id}/result",
    "/api/results/{id}/file", "/api/share", "/api/community/posts", "/api/plans"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "POST"};
  private static final String[] EVENTS = {
    "page_view", "image_upload", "effect_apply", "result_download", "result_share"
  };
  private static final String[] STEPS = {
    "page_visit",
    "image_upload",
    "effect_select",
    "processing_start",
    "result_view",
    "result_download"
  };
  private static final String[] METRICS = {
    "effect_processing_time", "image_upload_time", "page_load_time", "LCP"
  };

  RecordMix {
    if (apiCalls < 0
        || events < 0
        || metrics < 0
        || funnelSteps < 0
        || apiCalls + events + metrics + funnelSteps < 1) {
      throw new IllegalArgumentException("a mix is parts of 0 or more, not all 0");
    }
  }

  /// From `API:EVENTS:METRICS:STEPS`, such as `85:8:4:3`.
  ///
  /// @throws IllegalArgumentException when the text is not of that form
  static RecordMix parse(String text) {
    if (!text.matches("\\d{1,4}(:\\d{1,4}){3}")) {
      throw new IllegalArgumentException(
          "a mix is four whole numbers, API:EVENTS:METRICS:STEPS, such as 85:8:4:3");
    }
    String[] parts = text.split(":", -1);
    return new RecordMix(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }

  /// The shares hold exactly, but for rounding; the order is by chance.
  List<SampleRow> rows(int count, RandomGenerator random) {
    int total = apiCalls + events + metrics + funnelSteps;
    List<SampleRow> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      // Multiples of the golden ratio spread the kinds evenly over any number of rows.
      double place = (i * 0.6180339887498949) % 1 * total;
      rows.add(row(place, random));
    }
    return rows;
  }

  private SampleRow row(double place, RandomGenerator random) {
    int person = random.nextInt(PEOPLE);
    String userId = "u-%06d".formatted(person);
    String sessionId = "s-%08x%04x".formatted(person * 0x9E3779B1, random.nextInt(4));
    if (place < apiCalls) {
      return new SampleRow.ApiCall(
          userId,
          sessionId,
          any(ENDPOINTS, random),
          any(METHODS, random),
          random.nextInt(50) == 0 ? 500 : 200,
          millis(random, 120),
          random.nextInt(3) == 0);
    }
    if (place < apiCalls + events) {
      return new SampleRow.Event(userId, sessionId, any(EVENTS, random), "/studio", null);
    }
    if (place < apiCalls + events + metrics) {
      return new SampleRow.Metric(
          userId, sessionId, any(METRICS, random), millis(random, 1_500), "ms", "/studio");
    }
    return new SampleRow.FunnelStep(userId, sessionId, any(STEPS, random), "anime-portrait");
  }

  private static String any(String[] choices, RandomGenerator random) {
    return choices[random.nextInt(choices.length)];
  }

  /// Lognormal, to a tenth.
  private static double millis(RandomGenerator random, double median) {
    return Math.round(median * Math.exp(0.6 * random.nextGaussian()) * 10) / 10.0;
  }
}
