package io.tidemark.insight.saved;

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

/// Questions and dashboards that are kept and shared.
class SavedQuestionsE2E {

  private static final String SAVED = "/api/v1/saved-questions";
  private static final String DASHBOARDS = "/api/v1/dashboards";
  private static final String DRAFT =
      """
      {"name": "Calls", "description": "By the day", "document": {"question": "api-totals", "from": "-P7D"}}
      """;

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
  void question_saved_isFoundChangedAskedAndDeleted() {
    JsonNode saved = created(key, SAVED, DRAFT);
    String path = SAVED + "/" + saved.get("id").asString();

    assertThat(saved.get("owner").asString()).startsWith("key:test-");
    assertThat(saved.at("/document/from").asString()).isEqualTo("-P7D");
    assertThat(server.ask(key, path)).isEqualTo(saved);
    assertThat(server.ask(key, SAVED)).contains(saved);
    assertThat(server.ask(key, path + "/answer").get("points")).isEmpty();
    assertThat(server.get(key, path + "/answer.csv").body()).startsWith("at,requests,");
    assertThat(server.ask(key, path + "/answer?explain=true").at("/explain/statements"))
        .isNotEmpty();

    HttpResponse<String> changed = send(key, "PUT", path, DRAFT.replace("Calls", "All calls"));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(server.ask(key, path).get("name").asString()).isEqualTo("All calls");

    assertThat(send(key, "DELETE", path, "").statusCode()).isEqualTo(204);
    assertProblem(server.get(key, path), 404, "not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name': '', 'document': {}} | name",
        "{'document': {}} | name",
        "{'name': 'x'} | document",
        "{'name': 'x', 'document': {'question': 'api-totals', 'zone': 7}} | document.zone",
        "{'name': 'x', 'document': {'question': 'unknown'}} | document.question",
        "{'name': 'x', 'document': {'question': 'api-totals'}, 'owner': 'me'} | owner",
      })
  void question_wrong_isNotSaved(String draft, String field) {
    HttpResponse<String> answer = send(key, "POST", SAVED, draft.replace('\'', '"'));

    assertProblem(answer, 400, "invalid_parameter");
    assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
  }

  @Test
  void question_ofAnotherKey_isSeenAndAskedButNotChanged() {
    String path = SAVED + "/" + created(key, SAVED, DRAFT).get("id").asString();
    String other = server.key(KeyKind.READ);

    assertThat(server.get(other, path + "/answer").statusCode()).isEqualTo(200);
    assertThat(server.ask(other, path).get("document").toString())
        .isEqualTo("{\"question\":\"api-totals\"}");
    assertThat(server.ask(other, SAVED).toString()).doesNotContain("-P7D");
    assertThat(server.ask(server.key(KeyKind.PEOPLE), path).at("/document/from").asString())
        .isEqualTo("-P7D");
    assertProblem(send(other, "PUT", path, DRAFT), 403, "not_the_owner");
    assertProblem(send(other, "DELETE", path, ""), 403, "not_the_owner");
    assertProblem(send(other, "POST", path + "/links", ""), 403, "not_the_owner");
    assertProblem(send(server.key(KeyKind.WRITE), "POST", SAVED, DRAFT), 403, "key_may_not");
  }

  @Test
  void link_toAQuestion_showsItUntilItIsRevoked() {
    String id = created(key, SAVED, DRAFT).get("id").asString();
    String other = created(key, SAVED, DRAFT).get("id").asString();
    JsonNode link = created(key, SAVED + "/" + id + "/links", "");
    String shared = link.get("api").asString();
    assertThat(link.get("path").asString()).isEqualTo("/shared#" + link.get("token").asString());

    JsonNode shown = JsonMapper.shared().readTree(open(shared).body());
    assertThat(shown.get("name").asString()).isEqualTo("Calls");
    assertThat(shown.at("/questions/0/id").asString()).isEqualTo(id);
    assertThat(shown.toString()).doesNotContain("document", "owner");
    assertThat(shown.at("/questions/0/kind").asString()).isEqualTo("api-totals");
    assertThat(open(shared + "/questions/" + id + "/answer").statusCode()).isEqualTo(200);
    assertThat(open(shared + "/questions/" + id + "/answer.csv").body()).startsWith("at,requests,");
    assertProblem(open(shared + "/questions/" + other + "/answer"), 404, "not_found");
    assertThat(server.get(key, SAVED + "/" + id + "/links").body())
        .contains(link.get("id").asString())
        .doesNotContain(link.get("token").asString());
    assertThat(
            server
                .database()
                .count(
                    "SELECT count(*) FROM share_link WHERE share_link::text LIKE ?",
                    "%" + link.get("token").asString() + "%"))
        .isZero();

    String revoking = SAVED + "/" + id + "/links/" + link.get("id").asString();
    assertThat(send(key, "DELETE", revoking, "").statusCode()).isEqualTo(204);
    assertProblem(open(shared), 404, "link_unknown");
    assertProblem(open(shared + "/questions/" + id + "/answer"), 404, "link_unknown");
  }

  @Test
  void dashboard_isMadeOrderedSharedAndDeleted() {
    String first = created(key, SAVED, DRAFT).get("id").asString();
    String second = created(key, SAVED, DRAFT).get("id").asString();
    JsonNode dashboard = created(key, DASHBOARDS, dashboard(first, second));
    String path = DASHBOARDS + "/" + dashboard.get("id").asString();
    assertThat(dashboard.at("/questions/0").asString()).isEqualTo(first);

    JsonNode changed =
        JsonMapper.shared().readTree(send(key, "PUT", path, dashboard(second, first)).body());
    assertThat(changed.at("/questions/0").asString()).isEqualTo(second);
    assertThat(server.ask(key, DASHBOARDS)).contains(changed);

    String shared = created(key, path + "/links", "").get("api").asString();
    assertThat(JsonMapper.shared().readTree(open(shared).body()).get("questions").size())
        .isEqualTo(2);
    assertThat(open(shared + "/questions/" + first + "/answer").statusCode()).isEqualTo(200);

    assertThat(send(key, "DELETE", SAVED + "/" + first, "").statusCode()).isEqualTo(204);
    assertThat(server.ask(key, path).get("questions").size()).isEqualTo(1);
    assertProblem(open(shared + "/questions/" + first + "/answer"), 404, "not_found");

    assertThat(send(key, "DELETE", path, "").statusCode()).isEqualTo(204);
    assertProblem(open(shared), 404, "link_unknown");
    assertThat(server.get(key, SAVED + "/" + second).statusCode()).isEqualTo(200);
  }

  @Test
  void dashboard_ofAQuestionThatIsNotSaved_isAProblem() {
    HttpResponse<String> answer =
        send(key, "POST", DASHBOARDS, dashboard("8a7d4f2e-1111-4222-8333-444455556666"));

    assertProblem(answer, 400, "invalid_parameter");
    assertThat(answer.body()).contains("\"field\":\"questions\"");
  }

  @Test
  void saved_withoutAKey_isClosed() {
    assertThat(open(SAVED).statusCode()).isEqualTo(401);
    assertThat(open(DASHBOARDS).statusCode()).isEqualTo(401);
    assertProblem(open("/api/v1/shared/tm_share_nonsense"), 404, "link_unknown");
  }

  private static String dashboard(String... questions) {
    return "{\"name\": \"Monday\", \"questions\": [\"" + String.join("\", \"", questions) + "\"]}";
  }

  private static JsonNode created(String key, String path, String body) {
    HttpResponse<String> answer = send(key, "POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> open(String path) {
    return server.send(HttpRequest.newBuilder(server.base().resolve(path)));
  }

  private static HttpResponse<String> send(String key, String method, String path, String body) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }
}
