package io.tidemark.insight.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Questions about people over HTTP: what a document may say, and what an answer looks like.
class PeopleDocumentE2E {

  private static final String RECORDS =
      """
      [{"type": "user", "timestamp": "2026-10-01T00:00:00Z", "user_id": "ann", "subscription_tier": "PRO", "traits": {"plan": "yearly"}},
       {"type": "user_event", "timestamp": "2026-10-05T10:00:00Z", "user_id": "ann", "session_id": "s", "event_type": "search", "page": "/"},
       {"type": "conversion_funnel", "timestamp": "2026-10-05T10:01:00Z", "user_id": "ann", "session_id": "s", "step": "page_visit"},
       {"type": "api_response_time", "timestamp": "2026-10-05T10:01:01Z", "user_id": "ann", "endpoint": "/api", "method": "GET",
        "status_code": 200, "response_time_ms": 61.5, "properties": {"n": 1}},
       {"type": "user_event", "timestamp": "2026-10-05T10:02:00Z", "user_id": "ann", "session_id": "s", "event_type": "upload"},
       {"type": "user_event", "timestamp": "2026-10-06T23:59:00Z", "user_id": "bob", "event_type": "search"},
       {"type": "user_event", "timestamp": "2026-10-07T00:01:00Z", "user_id": "bob", "event_type": "upload"},
       {"type": "user_event", "timestamp": "2026-10-14T12:00:00Z", "user_id": "ann", "event_type": "search"}]
      """;

  private static TidemarkServer server;
  private static String secret;
  private static String read;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    secret = server.key(KeyKind.SECRET);
    read = server.key(KeyKind.READ);
    HttpResponse<String> answer =
        server.post(secret, "application/json", RECORDS.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.body()).contains("\"rejected\":0");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.database().count("SELECT count(*) FROM batch_part") == 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void retention_ofWeeks_tellsWhoCameBack() {
    JsonNode answer =
        ask(
            """
            {"question": "retention", "from": "2026-10-05", "to": "2026-10-19", "zone": "Asia/Kolkata", "start": {"event": "search"}}
            """);

    assertThat(answer.get("cohorts").toString())
        .isEqualTo(
            """
            [{"start":"2026-10-05T00:00:00+05:30","people":2,"returned":[2,1]},\
            {"start":"2026-10-12T00:00:00+05:30","people":0,"returned":[0]}]\
            """);
    assertThat(answer.get("overall").toString())
        .isEqualTo(
            """
            [{"after":0,"people":2,"returned":2,"rate":1.0},{"after":1,"people":2,"returned":1,"rate":0.5}]\
            """);
  }

  @Test
  void lifecycle_ofWeeks_tellsStages() {
    JsonNode answer =
        ask(
            """
            {"question": "lifecycle", "from": "2026-10-05", "to": "2026-10-26", "zone": "Asia/Kolkata"}
            """);

    assertThat(answer.get("stages").toString())
        .isEqualTo(
            """
            [{"start":"2026-10-05T00:00:00+05:30","new_people":2,"returning":0,"resurrecting":0,"dormant":0},\
            {"start":"2026-10-12T00:00:00+05:30","new_people":0,"returning":1,"resurrecting":0,"dormant":1},\
            {"start":"2026-10-19T00:00:00+05:30","new_people":0,"returning":0,"resurrecting":0,"dormant":1}]\
            """);
  }

  @Test
  void sessions_acrossMidnight_areNotDivided() {
    JsonNode answer =
        ask(
            """
            {"question": "sessions", "from": "2026-10-05", "to": "2026-10-08", "having": {"event": "upload"}}
            """);

    assertThat(answer.get("sessions").asLong()).isEqualTo(2);
    assertThat(answer.get("seconds").toString())
        .isEqualTo("{\"mean\":120.0,\"median\":120.0,\"p90\":120.0}");
    assertThat(answer.get("series").valueStream().map(day -> day.get("sessions").asLong()))
        .containsExactly(1L, 1L, 0L);
    assertThat(answer.get("entries").toString())
        .isEqualTo("[{\"name\":\"search\",\"is_step\":false,\"sessions\":2}]");
  }

  @Test
  void paths_before_areAGraph() {
    JsonNode answer =
        ask(
            """
            {"question": "paths", "from": "2026-10-05", "to": "2026-10-08", "around": {"event": "upload"}, "direction": "before", "depth": 2}
            """);

    assertThat(answer.get("sessions").asLong()).isEqualTo(2);
    assertThat(answer.get("nodes").valueStream().map(node -> node.get("name").asString("")))
        .containsExactly("upload", "page_visit", "search", "search", "");
    assertThat(answer.get("edges").toString())
        .isEqualTo(
            """
            [{"from":0,"to":1,"sessions":1},{"from":0,"to":2,"sessions":1},{"from":1,"to":3,"sessions":1},{"from":2,"to":4,"sessions":1}]\
            """);
  }

  @Test
  void journey_ofAPerson_tellsAllInOrder() {
    JsonNode answer =
        ask(
            """
            {"question": "journey", "person": "ann", "from": "2026-10-05", "to": "2026-10-06", "zone": "Europe/Berlin"}
            """);

    assertThat(answer.at("/person/traits").toString()).isEqualTo("{\"plan\":\"yearly\"}");
    assertThat(answer.get("moments").get(0).toString())
        .isEqualTo(
            """
            {"at":"2026-10-05T12:00:00+02:00","kind":"event","name":"search","session_id":"s","page":"/"}\
            """);
    assertThat(answer.get("moments").get(2).toString())
        .isEqualTo(
            """
            {"at":"2026-10-05T12:01:01+02:00","kind":"api_call","name":"/api","method":"GET","status_code":200,\
            "response_time_ms":61.5,"properties":{"n":1}}\
            """);
  }

  @Test
  void journey_withAKeyThatMayNotSeePeople_isRefused() {
    HttpResponse<String> answer =
        post(read, "application/json", "{\"question\": \"journey\", \"person\": \"ann\"}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("people_hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'question': 'trend', 'from': '2026-10-05', 'to': '2026-10-06', 'series': [{}]} | interval_start,name,breakdown,is_other,value,previous,partial",
        "{'question': 'retention', 'from': '2026-10-05', 'to': '2026-10-06'} | cohort_start,people,after,returned,partial",
        "{'question': 'lifecycle', 'from': '2026-10-05', 'to': '2026-10-06'} | interval_start,new_people,returning,resurrecting,dormant,partial",
        "{'question': 'sessions', 'from': '2026-10-05', 'to': '2026-10-06'} | interval_start,sessions,mean_seconds,mean_events,partial",
        "{'question': 'paths', 'around': {'event': 'search'}, 'from': '2026-10-05', 'to': '2026-10-06'} | level,from_kind,from_name",
        "{'question': 'journey', 'session': 's', 'from': '2026-10-05', 'to': '2026-10-06'} | at,kind,name,session_id,page",
      })
  void anyQuestion_asCsv_hasColumnsAndRows(String document, String columns) {
    HttpResponse<String> answer = post(secret, "text/csv", document.replace('\'', '"'));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith(columns);
    assertThat(answer.body().lines()).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'question': 'retention', 'interval': 'hour'} | interval",
        "{'question': 'retention', 'interval': 'day', 'from': '-P101D'} | interval",
        "{'question': 'retention', 'come_back': {'step': ''}} | come_back.step",
        "{'question': 'lifecycle', 'interval': 'hour'} | interval",
        "{'question': 'lifecycle', 'activity': {'where': [{'field': 'effect_id', 'is': 'x'}]}} | activity.where[0].field",
        "{'question': 'sessions', 'limit': 51} | limit",
        "{'question': 'sessions', 'having': {'event': 'a', 'step': 'b'}} | having.step",
        "{'question': 'paths'} | around",
        "{'question': 'paths', 'around': {'event': 'a'}, 'depth': 6} | depth",
        "{'question': 'paths', 'around': {'event': 'a'}, 'limit': 21} | limit",
        "{'question': 'paths', 'around': {'event': 'a'}, 'direction': 'sideways'} | direction",
        "{'question': 'journey'} | person",
        "{'question': 'journey', 'person': 'a', 'session': 'b'} | person",
        "{'question': 'journey', 'session': ''} | session",
        "{'question': 'journey', 'session': 'b', 'limit': 10001} | limit",
      })
  void anyQuestion_wrong_isAProblemThatNamesTheField(String document, String field) {
    HttpResponse<String> answer = post(secret, "application/json", document.replace('\'', '"'));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JsonMapper.shared().readTree(answer.body()).path("field").asString(""))
        .as(answer.body())
        .isEqualTo(field);
  }

  private static JsonNode ask(String document) {
    HttpResponse<String> answer = post(secret, "application/json", document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> post(String key, String accept, String document) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }
}
