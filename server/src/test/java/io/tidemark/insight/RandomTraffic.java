package io.tidemark.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Records of the native intake, as lines of JSON: of the last minutes and of the last months in no
/// order, many of them from nobody. No two have the same timestamp. The same seed and time make the
/// same records.
final class RandomTraffic {

  static final List<String> STEPS =
      List.of("page_visit", "image_upload", "effect_select", "Ünïcode, 'x'");
  static final List<String> FUNNEL = STEPS.subList(0, 3);
  private static final List<String> ENDPOINTS =
      List.of("/api/effects", "/api/a b?&+#%", "/ü", "/api/user/1");
  private static final Duration LONGEST_AGO = Duration.ofDays(80);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Random random;
  private final Instant now;
  private final Set<Instant> taken = new HashSet<>();

  RandomTraffic(long seed, Instant now) {
    this.random = new Random(seed);
    this.now = now;
  }

  List<String> next(int count) {
    List<String> records = new ArrayList<>();
    while (records.size() < count) {
      switch (random.nextInt(4)) {
        case 0 -> records.add(event());
        case 1 -> records.addAll(walk());
        case 2 -> records.add(metric());
        default -> records.add(call());
      }
    }
    return records;
  }

  private String event() {
    ObjectNode event = record("user_event", time());
    event.put("event_type", random.nextBoolean() ? "page_view" : "image_upload");
    if (random.nextInt(3) > 0) {
      event.put("session_id", "session-" + random.nextInt(4));
    }
    return event.toString();
  }

  /// Someone takes some steps, most of them in order, with pauses from seconds to a day.
  private List<String> walk() {
    String person = "walker-" + random.nextInt(80);
    Instant at = time();
    List<String> walk = new ArrayList<>();
    for (int step = 0; step < STEPS.size() && random.nextInt(5) > 0; step++) {
      ObjectNode completion = record("conversion_funnel", at);
      completion.put(
          "step", STEPS.get(random.nextInt(4) == 0 ? random.nextInt(STEPS.size()) : step));
      if (random.nextInt(8) > 0) {
        completion.put("user_id", person);
      }
      walk.add(completion.toString());
      at = at.plusMillis(random.nextInt(random.nextBoolean() ? 20_000 : 30_000_000));
      if (at.isAfter(now)) {
        break;
      }
    }
    return walk;
  }

  private String metric() {
    ObjectNode metric = record("performance_metric", time());
    metric.put("metric", random.nextBoolean() ? "LCP" : "memory_used");
    metric.put("value", random.nextGaussian() * Math.exp(random.nextGaussian() * 3));
    if (random.nextInt(3) > 0) {
      metric.put("unit", random.nextInt(20) == 0 ? "S" : "ms");
    }
    return metric.toString();
  }

  private String call() {
    ObjectNode call = record("api_response_time", time());
    call.put("endpoint", ENDPOINTS.get(random.nextInt(ENDPOINTS.size())));
    call.put("method", random.nextInt(4) == 0 ? "POST" : "GET");
    call.put(
        "status_code",
        random.nextInt(5) == 0 ? 500 + random.nextInt(99) : 200 + random.nextInt(250));
    call.put("response_time_ms", Math.exp(4 + 1.5 * random.nextGaussian()));
    if (random.nextBoolean()) {
      call.put("cache_hit", random.nextBoolean());
    }
    return call.toString();
  }

  private ObjectNode record(String type, Instant at) {
    Instant unique = at;
    while (!taken.add(unique)) {
      unique = unique.minus(1, ChronoUnit.MICROS);
    }
    ObjectNode record = JSON.createObjectNode();
    record.put("type", type);
    record.put("timestamp", unique.toString());
    if (random.nextInt(6) > 0) {
      record.put("id", String.format(Locale.ROOT, "r-%x", random.nextLong()));
    }
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> record.put("anonymous_id", "someone-" + random.nextInt(20));
      default -> record.put("user_id", "user-" + random.nextInt(40));
    }
    return record;
  }

  private Instant time() {
    Duration ago =
        switch (random.nextInt(5)) {
          case 0, 1 -> Duration.ofMinutes(35);
          case 2 -> Duration.ofDays(2);
          case 3 -> Duration.ofDays(9);
          default -> LONGEST_AGO;
        };
    return now.minusNanos((long) (random.nextDouble() * ago.toNanos()))
        .truncatedTo(ChronoUnit.MICROS);
  }
}
