package io.tidemark.bench.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The app whose life the data set is: what can be called, done, measured and completed in it.
final class SampleApp {

  /// An endpoint of its API.
  ///
  /// @param median response time in milliseconds
  /// @param spread standard deviation of the response time's logarithm
  /// @param isCached whether a cache answers some calls
  record Endpoint(String path, String method, double median, double spread, boolean isCached) {}

  /// A metric.
  record Metric(String type, String unit, double median, double spread) {

    double sample(RandomGenerator random) {
      return lognormal(random, median, spread);
    }
  }

  /// The funnel, in order.
  static final List<String> STEPS =
      List.of(
          "page_visit",
          "image_upload",
          "effect_select",
          "processing_start",
          "result_view",
          "result_download");

  static final Skewed<Endpoint> ENDPOINTS = Skewed.byRank(endpoints(), 0.9);

  static final Skewed<String> EVENT_TYPES =
      new Skewed<>(
          List.of(
              "page_view",
              "button_click",
              "effect_preview",
              "search",
              "image_upload",
              "result_download",
              "result_share",
              "favorite_add"),
          34,
          24,
          15,
          8,
          7,
          5,
          4,
          3);

  static final Skewed<Metric> METRICS =
      new Skewed<>(
          List.of(
              new Metric("page_load_time", "ms", 1_300, 0.5),
              new Metric("LCP", "ms", 1_900, 0.45),
              new Metric("effect_processing_time", "ms", 4_200, 0.5),
              new Metric("image_upload_time", "ms", 900, 0.6),
              new Metric("memory_used", "MB", 180, 0.3)),
          3,
          3,
          2,
          1,
          1);

  static final Skewed<String> PAGES =
      Skewed.byRank(
          List.of(
              "/", "/studio", "/effects", "/effects/anime-portrait", "/community", "/me", "/plans"),
          0.8);

  static final Skewed<String> EFFECTS = Skewed.byRank(effects(), 1);

  static final Skewed<String> PROPERTIES =
      new Skewed<>(
          List.of(
              "{\"device\": \"mobile\", \"locale\": \"zh-CN\"}",
              "{\"device\": \"desktop\", \"locale\": \"zh-CN\"}",
              "{\"device\": \"mobile\", \"locale\": \"en-US\"}",
              "{\"device\": \"tablet\", \"locale\": \"zh-CN\"}"),
          6,
          3,
          2,
          1);

  private SampleApp() {}

  /// To a tenth, at least a tenth.
  static double lognormal(RandomGenerator random, double median, double spread) {
    double value = median * Math.exp(spread * random.nextGaussian());
    return Math.max(1, Math.round(value * 10)) / 10.0;
  }

  /// 50, the most popular first. Quick and slow ones are mixed among them.
  private static List<Endpoint> endpoints() {
    String[] resources = {
      "effects",
      "images",
      "tasks",
      "results",
      "users",
      "posts",
      "comments",
      "search",
      "plans",
      "notifications"
    };
    List<Endpoint> endpoints = new ArrayList<>();
    for (String operation :
        List.of("GET ", "GET /{id}", "POST /new", "POST /{id}/share", "PUT /{id}/settings")) {
      String method = operation.substring(0, operation.indexOf(' '));
      for (String resource : resources) {
        int number = endpoints.size();
        endpoints.add(
            new Endpoint(
                "/api/" + resource + operation.substring(method.length() + 1),
                method,
                15 * Math.pow(40, number * 13 % 50 / 49.0),
                0.35 + 0.45 * (number * 17 % 50) / 49.0,
                method.equals("GET") && number % 3 != 0));
      }
    }
    return endpoints;
  }

  private static List<String> effects() {
    List<String> effects = new ArrayList<>();
    for (String style : List.of("anime", "oil", "pixel", "clay", "sketch")) {
      for (String subject : List.of("portrait", "city", "pet", "family", "meal", "garden")) {
        effects.add(style + "-" + subject);
      }
    }
    return effects;
  }
}
