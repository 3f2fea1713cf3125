package io.tidemark.insight.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Funnels over HTTP, from the record to the answer.
class FunnelQuestionE2E {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String STEPS =
      "\"steps\": [{\"event\": \"begin\"}, {\"event\": \"end\", \"where\": [{\"property\": \"size\", \"greater\": 2}]}]";

  private static TidemarkServer server;
  private static String readKey;

  /// Four people begin, on phones the first three; three end, one of them with too small a size.
  @BeforeAll
  static void start() {
    server = TidemarkServer.start("tidemark.insight.people.fewest=1");
    readKey = server.key(KeyKind.READ);
    Instant start = Instant.now().minusSeconds(3_000);
    List<String> records = new ArrayList<>();
    for (int person = 1; person <= 4; person++) {
      records.add(
          event(
              person,
              "begin",
              start,
              "{\"device\": \"%s\"}".formatted(person < 4 ? "phone" : "desk")));
      if (person > 1) {
        records.add(
            event(
                person,
                "end",
                start.plusSeconds(10L * person),
                "{\"size\": %d}".formatted(person)));
      }
    }
    HttpResponse<String> answer =
        server.post(
            server.key(KeyKind.SECRET),
            "application/x-ndjson",
            String.join("\n", records).getBytes(StandardCharsets.UTF_8));
    assertThat(answer.body()).contains("\"accepted\":7");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void funnel_brokenDown_countsStepsOfEachValue() {
    JsonNode answer =
        ask(
            "{\"question\": \"funnel\", \"from\": \"-PT1H\", \"window\": \"PT1H\", %s, \"breakdown\": {\"property\": \"device\", \"limit\": 1}}");

    assertThat(answer.at("/steps/0/converted").asLong()).isEqualTo(4);
    assertThat(answer.at("/steps/1/entered").asLong()).isEqualTo(4);
    assertThat(answer.at("/steps/1/converted").asLong()).isEqualTo(2);
    assertThat(answer.at("/steps/1/drop_off").asLong()).isEqualTo(2);
    assertThat(answer.at("/steps/1/median_seconds_from_first").asDouble()).isEqualTo(35);
    assertThat(answer.at("/steps/1/p90_seconds_from_first").asDouble()).isEqualTo(39);
    assertThat(answer.at("/groups/0/value").asString()).isEqualTo("phone");
    assertThat(answer.at("/groups/0/steps/1/converted").asLong()).isEqualTo(1);
    assertThat(answer.at("/groups/1/is_other").asBoolean()).isTrue();
    assertThat(answer.at("/groups/1/steps/1/converted").asLong()).isEqualTo(1);
    assertThat(answer.at("/exact").asBoolean()).isTrue();
    assertThat(answer.at("/window").asString()).isEqualTo("PT1H");
  }

  @Test
  void people_dropped_areThoseWhoDidNotGoOn() {
    JsonNode answer =
        ask(
            "{\"question\": \"funnel-people\", \"step\": 2, \"outcome\": \"dropped\", \"funnel\": {\"from\": \"-PT1H\", \"window\": \"PT1H\", %s}}");

    assertThat(answer.at("/count").asLong()).isEqualTo(2);
    assertThat(answer.at("/people").valueStream().map(person -> person.get("person").asString()))
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(answer.at("/people/0/reached").asInt()).isEqualTo(1);
  }

  @Test
  void funnel_asCsv_hasARowForEachStep() {
    HttpResponse<String> answer =
        post(
            "{\"question\": \"funnel\", \"from\": \"-PT1H\", \"window\": \"PT1H\", %s}"
                .formatted(STEPS),
            "text/csv");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body().lines().toList())
        .hasSize(3)
        .element(2)
        .asString()
        .startsWith("all,,end,4,2,2,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'steps': [{'event': 'a'}, {'event': 'b', 'where': [{'property': ''}]}] | steps[1].where[0].property",
        "'window': 'PT0.5S' | window",
        "'exclude': [{'event': 'a', 'after': 2, 'before': 2}] | exclude[0].before",
        "'steps': [{'event': 'a'}], 'exclude': [{'event': 'b'}] | exclude[0].before",
        "'steps': [{'event': 'a'}], 'breakdown': {'field': 'effect_id'} | breakdown.field",
        "'unit': 'device' | unit",
        "'order': 1 | order"
      })
  void funnel_wrong_namesTheField(String fields, String field) {
    HttpResponse<String> answer =
        post(
            "{\"question\": \"funnel\", %s}".formatted(fields.replace('\'', '"')),
            "application/json");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).get("field").asString()).isEqualTo(field);
  }

  private static JsonNode ask(String document) {
    HttpResponse<String> answer = post(document.formatted(STEPS), "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> post(String document, String accept) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + readKey)
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }

  private static String event(int person, String type, Instant at, String properties) {
    return "{\"type\": \"user_event\", \"event_type\": \"%s\", \"user_id\": \"person-%d\", \"timestamp\": \"%s\", \"properties\": %s}"
        .formatted(type, person, at, properties);
  }
}
