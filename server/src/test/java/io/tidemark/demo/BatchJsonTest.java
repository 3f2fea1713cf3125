package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchJsonTest {

  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "user_event", List.of("event_type"),
          "conversion_funnel", List.of("step"),
          "performance_metric", List.of("metric", "value"),
          "api_response_time", List.of("endpoint", "method", "status_code", "response_time_ms"),
          "user", List.of("user_id", "subscription_tier"),
          "subscription", List.of("user_id", "tier", "price", "currency", "status", "started_at"));

  private final BatchJson batchJson = new BatchJson();
  private final JsonMapper mapper = new JsonMapper();

  @Test
  void write_anyRecord_carriesWhatTheIntakeRequires() {
    List<SampleRecord> samples =
        SampleSessions.write(2_000).stream().flatMap(s -> s.records().stream()).toList();
    Set<String> types = new HashSet<>();

    JsonNode records = mapper.readTree(batchJson.write(samples)).path("records");

    assertThat(records.size()).isEqualTo(samples.size());
    for (JsonNode written : records) {
      String type = written.path("type").asString();
      types.add(type);
      assertThat(REQUIRED.get(type)).allSatisfy(field -> assertThat(written.has(field)).isTrue());
      assertThat(written.path("id").asString()).isNotBlank().hasSizeLessThan(200);
      assertThat(Instant.parse(written.path("timestamp").asString())).isNotNull();
      assertThat(written.path("session_id").asString()).isNotBlank();
      assertThat(written.has("user_id")).isNotEqualTo(written.has("anonymous_id"));
    }
    assertThat(types).isEqualTo(REQUIRED.keySet());
  }

  @Test
  void write_aThousandRecords_staysBelowTheIntakesLimits() {
    List<SampleRecord> samples =
        SampleSessions.write(2_000).stream().flatMap(s -> s.records().stream()).toList();

    for (int from = 0; from + 1_000 <= samples.size(); from += 1_000) {
      assertThat(batchJson.write(samples.subList(from, from + 1_000)))
          .hasSizeLessThan(1_000 * 1_000);
    }
  }

  @Test
  void write_requestTiming_looksAsTheIntakeDescribesIt() {
    SampleRecord timing =
        new SampleRecord.Call(
            stamp("s-1-4"), new Endpoint.Answer(Endpoint.LIST_EFFECTS, 200, 17.5, true));

    assertThat(written(timing))
        .isEqualTo(
            """
            {"records":[{"type":"api_response_time","id":"s-1-4","timestamp":"2026-11-09T12:00:00Z",\
            "user_id":"u-7","session_id":"s-1","endpoint":"/api/effects","method":"GET","status_code":200,\
            "response_time_ms":17.5,"cache_hit":true}]}\
            """);
  }

  @Test
  void write_endpointWithoutCache_saysNothingOfCacheHits() {
    SampleRecord timing =
        new SampleRecord.Call(
            stamp("s-1-5"), new Endpoint.Answer(Endpoint.START_TASK, 202, 700, false));

    assertThat(written(timing)).doesNotContain("cache_hit");
  }

  @Test
  void write_endedSubscription_isCanceled() {
    Instant started = Instant.parse("2026-10-01T00:00:00Z");
    Instant ended = Instant.parse("2026-11-09T12:00:00Z");

    assertThat(written(new SampleRecord.Subscription(stamp("sub-7"), Tier.PRO, started, ended)))
        .contains("\"id\":\"sub-7\"", "\"status\":\"CANCELED\"", "\"ended_at\":\"2026-11-09T12:00")
        .contains("\"price\":29", "\"currency\":\"CNY\"");
  }

  private String written(SampleRecord sample) {
    return new String(batchJson.write(List.of(sample)), StandardCharsets.UTF_8);
  }

  private static SampleRecord.Stamp stamp(String id) {
    Instant timestamp = Instant.parse("2026-11-09T12:00:00Z");
    return new SampleRecord.Stamp(id, timestamp, "u-7", null, "s-1");
  }
}
