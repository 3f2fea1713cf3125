package io.tidemark.bench.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimedRowTest {

  private static final UUID ID = UUID.fromString("930993df-37f7-4946-880e-21e8dbd77a82");

  @Test
  void appendJson_anEvent_isARecord() {
    JsonNode json =
        json(new SampleRow.Event("u-1", "s-1", "page_view", "/studio", "{\"device\": \"mobile\"}"));

    assertThat(json.path("id").asString()).isEqualTo(ID.toString());
    assertThat(json.path("timestamp").asString()).isEqualTo("1970-01-01T00:00:01.500Z");
    assertThat(json.path("type").asString()).isEqualTo("user_event");
    assertThat(json.path("properties").path("device").asString()).isEqualTo("mobile");
  }

  @Test
  void appendJson_withoutProperties_saysNothingOfThem() {
    assertThat(json(new SampleRow.Event("u-1", "s-1", "page_view", "/", null)).has("properties"))
        .isFalse();
  }

  @Test
  void appendJson_aCall_hasItsNumbers() {
    JsonNode json = json(new SampleRow.ApiCall("u-1", "s-1", "/api/tasks", "GET", 503, 12.5, true));

    assertThat(json.path("status_code").asInt()).isEqualTo(503);
    assertThat(json.path("response_time_ms").asDouble()).isEqualTo(12.5);
    assertThat(json.path("cache_hit").asBoolean()).isTrue();
  }

  private static JsonNode json(SampleRow row) {
    StringBuilder text = new StringBuilder();
    new TimedRow(ID.getMostSignificantBits(), ID.getLeastSignificantBits(), 1_500, row)
        .appendJson(text);
    return JsonMapper.builder().build().readTree(text.toString());
  }
}
