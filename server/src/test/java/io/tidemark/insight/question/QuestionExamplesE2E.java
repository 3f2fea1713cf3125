package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The description of the API is true: every example in it is asked.
class QuestionExamplesE2E {

  private static final String HEAD = "range, zone, freshness, exact";

  private static TidemarkServer server;
  private static String key;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.PEOPLE);
    document = server.ask(key, "/v3/api-docs");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void example_ofEveryQuestion_isAnsweredAsDescribed() {
    Set<String> asked = new HashSet<>();
    for (JsonNode example : examples()) {
      HttpResponse<String> answer = ask(example.toString(), "application/json");
      assertThat(answer.statusCode()).as("%s: %s", example, answer.body()).isEqualTo(200);
      JsonNode told = JsonMapper.shared().readTree(answer.body());
      String kind = example.get("question").asString();
      assertThat(told.propertyNames()).as(kind).contains(HEAD.split(", "));
      assertThat(fields(server.part(QuestionDocuments.class).kind(kind).answer()))
          .as(kind)
          .containsAll(told.propertyNames());
      asked.add(kind);
    }
    assertThat(asked).isEqualTo(server.part(QuestionDocuments.class).kinds());
  }

  @Test
  void example_ofEveryQuestion_isAnsweredAsCsv() {
    for (JsonNode example : examples()) {
      HttpResponse<String> answer = ask(example.toString(), "text/csv");
      assertThat(answer.statusCode()).as("%s: %s", example, answer.body()).isEqualTo(200);
      assertThat(answer.body()).as(example.toString()).contains(",").endsWith("\r\n");
      assertThat(answer.headers().firstValue("Tidemark-As-Of")).as(example.toString()).isPresent();
    }
  }

  @Test
  void example_ofEveryQuestion_usesDescribedFields() {
    for (JsonNode example : examples()) {
      String kind = example.get("question").asString();
      List<String> described = new ArrayList<>(List.of("question"));
      described.addAll(fields(server.part(QuestionDocuments.class).kind(kind).question()));
      assertThat(described).as(kind).containsAll(example.propertyNames());
      assertThat(document.at("/components/schemas/" + kind + "/allOf").toString())
          .contains("\"" + kind + "\"");
    }
  }

  private static List<JsonNode> examples() {
    List<JsonNode> examples = new ArrayList<>();
    document
        .at("/paths/~1api~1v1~1questions/post/requestBody/content/application~1json/examples")
        .forEach(example -> examples.add(example.get("value")));
    assertThat(examples).isNotEmpty();
    return examples;
  }

  private static Collection<String> fields(Class<?> type) {
    return document
        .at("/components/schemas/" + type.getSimpleName() + "/properties")
        .propertyNames();
  }

  private static HttpResponse<String> ask(String question, String accept) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(question)));
  }
}
