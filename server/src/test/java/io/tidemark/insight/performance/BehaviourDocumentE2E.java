package io.tidemark.insight.performance;

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

/// Performance, engagement and revenue over HTTP: what a document may say, and what an answer looks
/// like.
class BehaviourDocumentE2E {

  private static final String RECORDS =
      """
      [{"type": "user", "id": "1", "timestamp": "2026-10-20T10:00:00Z", "user_id": "a", "subscription_tier": "pro"},
       {"type": "subscription", "id": "s1", "timestamp": "2026-10-20T12:00:00Z", "user_id": "a", "tier": "pro", "price": 12.5,
        "currency": "EUR", "status": "ACTIVE", "started_at": "2026-10-20T12:00:00Z"},
       {"type": "user_event", "id": "2", "timestamp": "2026-10-20T10:00:00Z", "user_id": "a", "event_type": "visit", "page": "/offer"},
       {"type": "api_response_time", "id": "3", "timestamp": "2026-10-20T10:00:01Z", "user_id": "a", "endpoint": "/slow", "method": "GET",
        "status_code": 200, "response_time_ms": 3000},
       {"type": "api_response_time", "id": "4", "timestamp": "2026-10-20T10:00:01Z", "user_id": "b", "endpoint": "/slow", "method": "GET",
        "status_code": 200, "response_time_ms": 80},
       {"type": "conversion_funnel", "id": "5", "timestamp": "2026-10-20T10:00:02Z", "user_id": "b", "step": "buy"},
       {"type": "api_response_time", "id": "6", "timestamp": "2026-10-20T10:00:03Z", "user_id": "b", "endpoint": "/slow", "method": "GET",
        "status_code": 200, "response_time_ms": 9000},
       {"type": "subscription", "id": "s2", "user_id": "c", "price": 10, "currency": "EUR", "status": "ACTIVE",
        "started_at": "2026-09-05T00:00:00Z"},
       {"type": "subscription", "id": "s3", "user_id": "d", "price": 10, "currency": " eur", "status": "past_due",
        "started_at": "2026-09-05T00:00:00Z"},
       {"type": "subscription", "id": "s4", "timestamp": "2026-10-20T12:00:00Z", "user_id": "a", "price": 7, "currency": "Eur",
        "status": "trialing"},
       {"type": "subscription", "id": "s5", "timestamp": "2026-10-22T12:00:00Z", "user_id": "a", "price": 5, "currency": "EUR"}]
      """;

  private static TidemarkServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start("tidemark.insight.people.fewest=1");
    key = server.key(KeyKind.READ);
    HttpResponse<String> stored =
        server.post(
            server.key(KeyKind.SECRET),
            "application/json",
            RECORDS.getBytes(StandardCharsets.UTF_8));
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void performance_byTier_tellsEndpointsAndStrataApart() {
    JsonNode answer =
        answer(
            """
            {"question": "performance", "from": "2026-10-20", "to": "2026-10-21", "conversion": {"step": "buy"},
             "bounds": [1000], "breakdown": {"field": "subscription_tier"}}
            """);

    assertThat(answer.get("finding").asString()).isEqualTo("association");
    assertThat(answer.get("curve").findValuesAsString("value").toString()).isEqualTo("[, pro, ]");
    assertThat(answer.at("/curve/0/buckets/0/conversion/conversions").asInt()).isEqualTo(1);
    assertThat(answer.at("/curve/1/buckets/1/conversion/sessions").asInt()).isEqualTo(1);
    JsonNode slow = answer.at("/endpoints/0");
    assertThat(slow.at("/slow/sessions").asInt()).isEqualTo(1);
    assertThat(slow.at("/fast/conversions").asInt()).as("slow after it converted").isEqualTo(1);
    assertThat(slow.get("fewer_conversions").isNull()).as("no stratum has both").isTrue();
    assertThat(slow.get("revenue").toString())
        .as("one began in the range, one without a start was described in it, one after it")
        .isEqualTo("[{\"currency\":\"EUR\",\"amount\":19.5,\"subscriptions\":2}]");
    assertThat(answer.get("largest").isNull()).isTrue();
  }

  @Test
  void performance_byPage_knowsWhatEventsSaid() {
    JsonNode answer =
        answer(
            """
            {"question": "performance", "from": "2026-10-20", "to": "2026-10-21", "conversion": {"step": "buy"}, "slow": "own_p95",
             "breakdown": {"field": "page"}}
            """);

    assertThat(answer.get("curve").findValuesAsString("value").toString())
        .isEqualTo("[, /offer, ]");
  }

  @Test
  void revenue_lastTouch_isThePage() {
    JsonNode answer =
        answer("{\"question\": \"revenue\", \"from\": \"2026-10-20\", \"to\": \"2026-10-21\"}");

    assertThat(answer.get("attributed").toString())
        .isEqualTo(
            """
            [{"value":"/offer","is_other":false,"revenue":[{"currency":"EUR","subscriptions":1,"people":1,"amount":12.5}]}]\
            """);
  }

  @Test
  void revenue_currencyInAnyCase_isOne() {
    JsonNode answer =
        answer(
            "{\"question\": \"revenue\", \"from\": \"2026-09-01\", \"to\": \"2026-10-01\", \"by\": \"tier\"}");

    assertThat(answer.get("began").toString())
        .isEqualTo("[{\"currency\":\"EUR\",\"subscriptions\":2,\"people\":2,\"amount\":20}]");
    assertThat(answer.get("ended").toString()).isEqualTo("[]");
    assertThat(answer.get("undated").asInt()).isEqualTo(2);
  }

  @Test
  void engagement_overARange_showsItsParts() {
    JsonNode answer =
        answer("{\"question\": \"engagement\", \"from\": \"2026-10-20\", \"to\": \"2026-10-21\"}");

    assertThat(answer.at("/distribution/people").asInt()).isEqualTo(1);
    assertThat(answer.at("/people/0/parts").toString())
        .isEqualTo("[{\"event\":\"visit\",\"events\":1,\"weight\":1.0,\"points\":1.0}]");
    assertThat(answer.at("/people/0/frequency").toString())
        .isEqualTo("{\"active_days\":1,\"days\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'question': 'performance'} | conversion",
        "{'question': 'performance', 'conversion': {}, 'within': 'P31D'} | within",
        "{'question': 'performance', 'conversion': {}, 'bounds': [2, 1]} | bounds",
        "{'question': 'performance', 'conversion': {}, 'metric': ''} | metric",
        "{'question': 'performance', 'conversion': {}, 'slow': 'p95'} | slow",
        "{'question': 'performance', 'conversion': {}, 'slow_ms': -1} | slow_ms",
        "{'question': 'performance', 'conversion': {}, 'breakdown': {'field': 'effect_id'}} | breakdown.field",
        "{'question': 'engagement', 'limit': 1001} | limit",
        "{'question': 'engagement', 'person': ''} | person",
        "{'question': 'revenue', 'by': 'sale'} | by",
        "{'question': 'revenue', 'lookback': 'P367D'} | lookback",
        "{'question': 'revenue', 'breakdown': {'trait': 'plan'}} | breakdown",
        "{'question': 'revenue', 'events': {'step': 'a'}, 'breakdown': {'field': 'page'}} | breakdown.field",
      })
  void document_wrong_isAProblemThatNamesTheField(String document, String field) {
    HttpResponse<String> answer = ask(document.replace('\'', '"'));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JsonMapper.shared().readTree(answer.body()).path("field").asString(""))
        .as(answer.body())
        .isEqualTo(field);
  }

  private static JsonNode answer(String document) {
    HttpResponse<String> answer = ask(document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> ask(String document) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }
}
