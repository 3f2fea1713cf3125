package io.tidemark.insight.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Trends over HTTP: what a document may say, and what an answer looks like.
class TrendDocumentE2E {

  private static final String RECORDS =
      """
      [{"type": "user_event", "id": "1", "timestamp": "2026-10-24T22:30:00Z", "user_id": "a", "event_type": "search", "properties": {"device": "tv"}},
       {"type": "user_event", "id": "2", "timestamp": "2026-10-25T23:30:00Z", "user_id": "a", "event_type": "search"},
       {"type": "user_event", "id": "3", "timestamp": "2026-10-25T22:59:59Z", "event_type": "search", "properties": {"device": "tv"}}]
      """;

  private static TidemarkServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.READ);
    assertThat(
            server
                .post(
                    server.key(KeyKind.SECRET),
                    "application/json",
                    RECORDS.getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void trend_ofDaysOfAZone_isAnsweredInThatZone() {
    JsonNode answer =
        JsonMapper.shared()
            .readTree(
                ask("""
                {"question": "trend", "from": "2026-10-25", "to": "2026-10-27", "zone": "Europe/Berlin", "compare": true,
                 "breakdown": {"property": "device", "limit": 1},
                 "series": [{"event": "search", "where": [{"property": "device", "is_not": "phone"}]}]}
                """)
                    .body());

    assertThat(answer.get("exact").asBoolean()).isTrue();
    assertThat(answer.get("interval").asString()).isEqualTo("day");
    assertThat(answer.get("intervals").toString())
        .isEqualTo("[\"2026-10-25T00:00:00+02:00\",\"2026-10-26T00:00:00+01:00\"]");
    assertThat(answer.get("lines").toString())
        .isEqualTo(
            """
            [{"name":"search","value":"tv","is_other":false,"asked":{"total":2,"values":[2,0]},"previous":{"total":0,"values":[0,0]}},\
            {"name":"search","value":null,"is_other":true,"asked":{"total":1,"values":[0,1]},"previous":{"total":0,"values":[0,0]}}]\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'question': 'trend'} | series",
        "{'question': 'trend', 'series': []} | series",
        "{'question': 'trend', 'series': [{'event': 'a', 'step': 'b'}]} | series[0].step",
        "{'question': 'trend', 'series': [{}, {}]} | series[1].name",
        "{'question': 'trend', 'series': [{'measure': 'sum'}]} | series[0].measure",
        "{'question': 'trend', 'series': [{'where': [{'property': 'a'}]}]} | series[0].where[0].is",
        "{'question': 'trend', 'series': [{}], 'interval': 'minute'} | interval",
        "{'question': 'trend', 'series': [{}], 'interval': 'hour', 'from': '-P90D'} | interval",
        "{'question': 'trend', 'series': [{}], 'breakdown': {'property': 'a', 'limit': 51}} | breakdown.limit",
        "{'question': 'trend', 'series': [{}], 'formulas': [{'kind': 'sum', 'of': ['a']}]} | formulas[0].of",
        "{'question': 'trend', 'series': [{}], 'formulas': [{'kind': 'sum', 'of': ['a', 'b']}]} | formulas[0].of",
        "{'question': 'trend', 'series': [{}], 'formulas': [{'kind': 'product', 'of': ['a', 'b']}]} | formulas[0].kind",
      })
  void trend_wrong_isAProblemThatNamesTheField(String document, String field) {
    HttpResponse<String> answer = ask(document.replace('\'', '"'));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JsonMapper.shared().readTree(answer.body()).path("field").asString(""))
        .as(answer.body())
        .isEqualTo(field);
  }

  private static HttpResponse<String> ask(String document) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }
}
