package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A rate of nobody, a mean or a percentile of nothing is null in every answer: never 0, never NaN.
class NobodyE2E {

  /// What is a share of something, or says something of the things counted.
  private static final Pattern OF_SOMETHING =
      Pattern.compile(
          "(.*_)?(rate|share|low|high|difference|mean|median|avg|p\\d\\d)(_ms)?|conversion_from_.*|.*_seconds_from_first|.*(max|min)(_ms)?|difference_.*");

  private static final List<String> ADDRESSES =
      List.of(
          "live",
          "endpoints",
          "api-trend",
          "api-totals",
          "metrics",
          "funnel-steps",
          "funnel",
          "sessions?user_id=nobody");

  private TidemarkServer server;
  private String key;

  @BeforeEach
  void start() {
    server = TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.2S");
    key = server.key(KeyKind.PEOPLE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answer_nothingRecorded_hasNoRate() {
    Set<String> seen = new HashSet<>();
    for (JsonNode question : examples()) {
      assertNull(question.toString(), ask(question.toString()), seen);
      assertEmptyInCsv(question.toString());
    }
    for (String address : ADDRESSES) {
      assertNull(address, server.ask(key, "/api/v1/insights/" + address), seen);
    }
    assertThat(seen)
        .contains("conversion_from_first", "rate", "error_rate", "mean", "median", "p50");
  }

  /// There is something, but nobody who could have done it.
  @Test
  void answer_ofNobodyAmongOthers_hasNoRate() {
    String records =
        """
        [{"type": "user_event", "id": "1", "event_type": "seen"},
         {"type": "conversion_funnel", "id": "2", "step": "image_upload", "user_id": "a"},
         {"type": "api_response_time", "id": "3", "endpoint": "/a", "method": "GET", "status_code": 200, "response_time_ms": 5}]
        """;
    assertThat(
            server
                .post(
                    server.key(KeyKind.SECRET),
                    "application/json",
                    records.getBytes(StandardCharsets.UTF_8))
                .body())
        .contains("\"rejected\":0");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            server.ask(key, "/api/v1/insights/coverage").at("/facts/3/records").asLong() == 1);

    Map<String, List<String>> nothing =
        Map.of(
            """
            {"question": "trend", "series": [{"name": "a", "event": "seen"}, {"name": "b", "event": "never"},
             {"name": "each", "event": "seen", "measure": "per_person"}], "formulas": [{"name": "r", "kind": "ratio", "of": ["a", "b"]}]}
            """,
            List.of("/lines/2/asked/total", "/lines/2/asked/values/0", "/lines/3/asked/total"),
            """
            {"question": "funnel", "steps": [{"step": "page_visit"}, {"step": "image_upload"}]}
            """,
            List.of(
                "/steps/0/conversion_from_first",
                "/steps/1/conversion_from_previous",
                "/steps/1/median_seconds_from_first"),
            """
            {"question": "retention", "start": {"event": "never"}, "come_back": {"event": "seen"}}
            """,
            List.of("/overall/0/rate"),
            """
            {"question": "performance", "conversion": {"event": "seen"}}
            """,
            List.of("/overall/rate", "/overall/low", "/overall/high"),
            """
            {"question": "sessions"}
            """,
            List.of("/series/0/seconds", "/series/0/events"),
            """
            {"question": "api-totals"}
            """,
            List.of("/points/0/cache_hit_rate"));
    nothing.forEach((question, paths) -> {
      JsonNode answer = ask(question);
      paths.forEach(
          path -> assertThat(answer.at(path).isNull()).as("%s of %s", path, answer).isTrue());
    });
    assertThat(ask("{\"question\": \"api-totals\"}").at("/points/0/error_rate").asDouble())
        .isZero();
  }

  private static void assertNull(String question, JsonNode node, Set<String> seen) {
    node.propertyStream()
        .forEach(field -> {
          if (OF_SOMETHING.matcher(field.getKey()).matches() && !field.getValue().isObject()) {
            seen.add(field.getKey());
            assertThat(field.getValue().isNull())
                .as("%s of %s is %s", field.getKey(), question, field.getValue())
                .isTrue();
          }
          assertNull(question, field.getValue(), seen);
        });
    if (node.isArray()) {
      node.forEach(item -> assertNull(question, item, seen));
    }
  }

  private void assertEmptyInCsv(String question) {
    HttpResponse<String> answer = send(question, "text/csv");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> lines = answer.body().lines().toList();
    List<String> columns = Arrays.asList(lines.getFirst().split(","));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      for (int place = 0; place < columns.size(); place++) {
        if (OF_SOMETHING.matcher(columns.get(place)).matches()) {
          assertThat(cells[place])
              .as("%s of %s in %s", columns.get(place), question, line)
              .isEmpty();
        }
      }
    }
  }

  private List<JsonNode> examples() {
    List<JsonNode> examples = new ArrayList<>();
    server
        .ask(key, "/v3/api-docs")
        .at("/paths/~1api~1v1~1questions/post/requestBody/content/application~1json/examples")
        .forEach(example -> examples.add(example.get("value")));
    assertThat(examples).isNotEmpty();
    return examples;
  }

  private JsonNode ask(String document) {
    HttpResponse<String> answer = send(document, "application/json");
    assertThat(answer.statusCode()).as("%s: %s", document, answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private HttpResponse<String> send(String document, String accept) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }
}
