package io.tidemark.insight;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What happened in some weeks of the sample app, the same each time, as bodies of requests. Sizes
/// are whole numbers, so that the order in which they are added makes no difference.
final class SampleWeeks {

  private static final List<String> STEPS =
      List.of("page_visit", "effect_select", "image_upload", "result_download");
  private static final List<String> DEVICES =
      List.of("phone", "Phone", "tablet", "ışık", "İstanbul");
  private static final List<String> UNITS = List.of("ms", "MS", "kb");

  private final Random random;
  private final Instant start;
  private final Duration span;
  private int records;

  SampleWeeks(long seed, Instant start, Duration span) {
    this.random = new Random(seed);
    this.start = start;
    this.span = span;
  }

  byte[] nextBody(int count) {
    StringBuilder lines = new StringBuilder();
    for (int record = 0; record < count; record++) {
      lines.append(next()).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String next() {
    int person = random.nextInt(60);
    String head =
        "\"id\": \"r-%d\", \"timestamp\": \"%s\", \"%s\": \"user-%03d\""
            .formatted(
                records++,
                start.plusMillis(random.nextLong(span.toMillis())),
                person % 7 == 3 ? "anonymous_id" : "user_id",
                person);
    String session = "%s, \"session_id\": \"s-%d\"".formatted(head, random.nextInt(200));
    String properties =
        "\"properties\": {\"device\": \"%s\", \"referrer\": \"site-%d\", \"size\": %d}"
            .formatted(any(DEVICES), random.nextInt(4), random.nextInt(3));
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          "{\"type\": \"user_event\", %s, \"event_type\": \"%s\", \"page\": \"/p%d\", %s}"
              .formatted(session, any(STEPS), random.nextInt(5), properties);
      case 3, 4, 5, 6 ->
          "{\"type\": \"conversion_funnel\", %s, \"step\": \"%s\", %s}"
              .formatted(session, any(STEPS), properties);
      case 7, 8 ->
          "{\"type\": \"performance_metric\", %s, \"metric\": \"m%d\", \"value\": %d, \"unit\": \"%s\"}"
              .formatted(session, random.nextInt(3), random.nextInt(20_000_000), any(UNITS));
      case 9 ->
          "{\"type\": \"api_response_time\", %s, \"endpoint\": \"/api/e%d\", \"method\": \"GET\", \"status_code\": %d, \"response_time_ms\": %d}"
              .formatted(
                  session,
                  random.nextInt(3),
                  200 + 100 * random.nextInt(4),
                  random.nextInt(9_000_000));
      case 10 ->
          "{\"type\": \"user\", %s, \"user_id\": \"user-%03d\", \"subscription_tier\": \"%s\", \"traits\": {\"score\": 0.1234567890123}}"
              .formatted(head.substring(0, head.lastIndexOf(", ")), person, any(DEVICES));
      default ->
          "{\"type\": \"subscription\", \"id\": \"sub-%d\", %s, \"user_id\": \"user-%03d\", \"tier\": \"pro\", \"price\": %s, \"currency\": \"EUR\", \"status\": \"%s\", \"started_at\": \"%s\"}"
              .formatted(
                  person,
                  head.substring(head.indexOf("\"timestamp"), head.lastIndexOf(", ")),
                  person,
                  String.format(Locale.ROOT, "%.2f", random.nextInt(10_000) / 100.0),
                  any(List.of("active", "ACTIVE", "canceled", "expired")),
                  start.plusMillis(random.nextLong(span.toMillis())));
    };
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
