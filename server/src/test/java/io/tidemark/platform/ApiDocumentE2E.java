package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The OpenAPI document against what the server really answers.
class ApiDocumentE2E {

  private static final List<String> QUESTIONS =
      List.of(
          "live",
          "endpoints",
          "api-trend",
          "metrics",
          "funnel-steps",
          "funnel",
          "sessions?user_id=u-1",
          "refusals",
          "coverage");

  @Test
  void document_everyQuestion_namesTheFieldsOfItsAnswer() {
    try (TidemarkServer server = TidemarkServer.start()) {
      String key = server.key(KeyKind.PEOPLE);
      JsonNode document = server.ask(key, "/v3/api-docs");

      for (String question : QUESTIONS) {
        String path = "/api/v1/insights/" + question;
        JsonNode answer = server.ask(key, path);
        assertThat(answer.propertyNames())
            .as(path)
            .isSubsetOf(documentedFields(document, path))
            .containsAll(fieldsOfEveryAnswer(document, path));
      }
      assertThat(server.get(key, "/swagger-ui/index.html").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void document_intake_isThereThoughNoControllerAnswersIt() {
    try (TidemarkServer server = TidemarkServer.start()) {
      JsonNode intake =
          server.ask(server.key(KeyKind.READ), "/v3/api-docs").at("/paths/~1api~1v1~1batch/post");

      assertThat(intake.get("requestBody").at("/content/application~1json/example").toString())
          .contains("records");
      assertThat(intake.get("responses").propertyNames()).containsExactly("200", "default");
    }
  }

  @Test
  void document_intakeState_needsNoKey() {
    try (TidemarkServer server = TidemarkServer.start()) {
      JsonNode document = server.ask(server.key(KeyKind.READ), "/v3/api-docs");
      String path = "/api/v1/intake";

      assertThat(server.send(HttpRequest.newBuilder(server.base().resolve(path))).body())
          .isEqualTo("{\"open\":true,\"reason\":null,\"since\":null,\"spool_percent\":null}");
      assertThat(documentedFields(document, path))
          .containsExactlyInAnyOrder("open", "reason", "since", "spool_percent");
      assertThat(document.at("/paths/~1api~1v1~1intake/get/security")).isEmpty();
    }
  }

  /// `people_needed` is told only where a list of people is kept back.
  private static List<String> fieldsOfEveryAnswer(JsonNode document, String path) {
    List<String> fields = new ArrayList<>();
    documentedFields(document, path).forEach(fields::add);
    fields.remove("people_needed");
    return fields;
  }

  private static Iterable<String> documentedFields(JsonNode document, String path) {
    JsonNode content =
        document.get("paths").get(path.replaceAll("\\?.*", "")).at("/get/responses/200/content");
    String reference = content.iterator().next().at("/schema/$ref").asString();
    return document.at(reference.substring(1)).get("properties").propertyNames();
  }
}
