package io.tidemark.insight;

import io.tidemark.insight.InsightProperties.ViewNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the sample app calls things.
public final class SampleSettings {

  public static final InsightProperties PROPERTIES =
      new InsightProperties(
          List.of("page_visit", "image_upload", "result_download", "result_share"),
          Duration.ofHours(24),
          Map.of("result_share", 25.0, "result_download", 20.0, "image_upload", 10.0),
          new InsightProperties.Timeout(
              Duration.ofSeconds(5),
              Duration.ofSeconds(15),
              Duration.ofSeconds(60),
              Duration.ofMinutes(15)),
          new InsightProperties.People(5, List.of(), List.of("email")),
          4,
          new ViewNames(
              List.of("result_downloaded", "result_download"),
              List.of("result_shared", "result_share"),
              List.of("result_download"),
              List.of("result_share"),
              List.of("effect_processing_time")));

  private SampleSettings() {}
}
