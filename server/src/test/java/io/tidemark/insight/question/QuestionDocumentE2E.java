package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Questions as documents, over HTTP.
class QuestionDocumentE2E {

  private static TidemarkServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.READ);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void document_right_isAnswered() {
    HttpResponse<String> answer =
        ask(
            """
            {"question": "api-totals", "from": "2026-10-24", "to": "2026-10-26", "zone": "Europe/Berlin"}
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode told = JsonMapper.shared().readTree(answer.body());
    assertThat(told.get("zone").asString()).isEqualTo("Europe/Berlin");
    assertThat(told.at("/range/from").asString()).isEqualTo("2026-10-24T00:00:00+02:00");
    assertThat(told.at("/range/to").asString()).isEqualTo("2026-10-26T00:00:00+01:00");
    assertThat(told.at("/freshness/as_of").isString()).isTrue();
    assertThat(told.get("interval").asString()).isEqualTo("day");
    assertThat(told.get("points").size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'question': 'api-totals', 'form': '2026-10-24'} | form | is unknown; there are from, interval, to, zone",
        "{'question': 'api-totals', 'from': 17} | from | must be text",
        "{'question': 'api-totals', 'from': 'yesterday'} | from | expected an RFC 3339 timestamp",
        "{'question': 'api-totals', 'from': '2026-10-25', 'to': '2026-10-24'} | from | must be before",
        "{'question': 'api-totals', 'zone': 'Mars/Olympus'} | zone | must be a time zone",
        "{'question': 'api-totals', 'interval': 'fortnight'} | interval | must be one of minute, hour, day",
        "{'question': 'api-totals', 'interval': 0} | interval | must be one of minute, hour, day",
        "{'question': 'api-totals', 'interval': ['day']} | interval | must be one of minute, hour, day",
        "{'question': 'api-totals', 'zone': 'UTC', 'zone': 'UTC'} | '' | Duplicate",
        "{'question': 'trend'} | series | must have 1 to 10",
        "{'question': 'trend', 'series': [{'where': [{'property': 'n', 'greater': '1.5'}]}]} | series[0].where[0].greater | greater must be a number",
        "{'question': 'trend', 'series': [{'where': [{'property': 'n', 'is': []}]}]} | series[0].where[0].is | must be text",
        "{'question': 'trend', 'series': [{'where': [{'property': 'n', 'is': '\\ud800'}]}]} | series[0].where[0].is | surrogate",
        "{'question': 'trend', 'series': [{}], 'breakdown': {'property': 'n', 'limit': 1e30}} | breakdown.limit | limit must be a whole number",
        "{'question': 'trend', 'series': [{}], 'breakdown': {'property': 'n', 'limit': 99999999999}} | breakdown.limit | limit must be a whole number",
        "{'question': 'funnel-people', 'funnel': {}, 'outcome': 'dropped'} | step | is required: a whole number",
        "{'question': 'funnel-people', 'funnel': {}, 'outcome': 'dropped', 'step': null} | step | is required: a whole number",
        "{'question': 'fortune'} | question | must be one of",
        "{'from': '2026-10-24'} | question | must be one of",
        "[] | '' | must be a JSON object",
      })
  void document_wrong_isAProblemThatNamesTheField(String document, String field, String detail) {
    HttpResponse<String> answer = ask(document.replace('\'', '"'));

    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(problem.path("field").asString("")).as(answer.body()).isEqualTo(field);
    assertThat(problem.get("detail").asString()).contains(detail).doesNotContain("java");
  }

  private static HttpResponse<String> ask(String document) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }
}
