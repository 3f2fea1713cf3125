package io.tidemark.insight.question;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.CapturedLog;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Text that PostgreSQL never holds, in every field of every example and of what is saved: 400 with
/// the path of the field, nothing in the log.
class UnstorableTextE2E {

  private static final List<String> UNSTORABLE = List.of("hu\0sh", "hush\ud800", "\udfffhush");

  private static TidemarkServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.PEOPLE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void text_inAnyFieldOfAnyQuestion_isRefusedByItsPath() {
    try (CapturedLog log = new CapturedLog()) {
      for (JsonNode example : examples()) {
        for (Spoiled spoiled : spoil(example, "")) {
          assertRefused("/api/v1/questions", spoiled.document().toString(), spoiled.path());
          assertRefused(
              "/api/v1/saved-questions",
              "{\"name\": \"a\", \"document\": %s}".formatted(spoiled.document()),
              "document." + spoiled.path());
        }
      }
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void text_ofWhatIsSaved_isRefusedByItsPath() {
    String document = "\"document\": {\"question\": \"api-totals\"}";

    assertRefused(
        "/api/v1/saved-questions", "{\"name\": \"hu\\u0000sh\", %s}".formatted(document), "name");
    assertRefused(
        "/api/v1/saved-questions",
        "{\"name\": \"a\", \"description\": \"hush\\ud83d\", %s}".formatted(document),
        "description");
    assertRefused("/api/v1/dashboards", "{\"name\": \"\\u0000\", \"questions\": []}", "name");
    assertRefused(
        "/api/v1/dashboards",
        "{\"name\": \"a\", \"description\": \"\\udc00\", \"questions\": []}",
        "description");
    assertRefused(
        "/api/v1/questions", "{\"question\": \"trend\", \"hu\\u0000sh\": 1}", "hu\\u0000sh");
  }

  @Test
  void bytes_thatAreNoUtf8_areNoJson() {
    HttpResponse<String> answer =
        ask(
            "/api/v1/questions",
            "{\"question\": \"trend\", \"zone\": \"h\u00e4\"}".getBytes(ISO_8859_1));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("malformed_json", "UTF-8");
  }

  private record Spoiled(JsonNode document, String path) {}

  /// The document with each of its texts spoiled, one at a time.
  private static List<Spoiled> spoil(JsonNode node, String path) {
    List<Spoiled> all = new ArrayList<>();
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(property -> {
                String inner = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
                for (Spoiled spoiled : spoil(property.getValue(), inner)) {
                  all.add(
                      new Spoiled(
                          object.deepCopy().set(property.getKey(), spoiled.document()),
                          spoiled.path()));
                }
              });
      case ArrayNode array -> {
        for (int place = 0; place < array.size(); place++) {
          for (Spoiled spoiled : spoil(array.get(place), "%s[%d]".formatted(path, place))) {
            ArrayNode copy = array.deepCopy();
            copy.set(place, spoiled.document());
            all.add(new Spoiled(copy, spoiled.path()));
          }
        }
      }
      default -> {
        if (node.isString()) {
          for (String text : UNSTORABLE) {
            all.add(new Spoiled(JsonMapper.shared().getNodeFactory().stringNode(text), path));
          }
        }
      }
    }
    return all;
  }

  private static List<JsonNode> examples() {
    List<JsonNode> examples = new ArrayList<>();
    server
        .ask(key, "/v3/api-docs")
        .at("/paths/~1api~1v1~1questions/post/requestBody/content/application~1json/examples")
        .forEach(example -> examples.add(example.get("value")));
    assertThat(examples).isNotEmpty();
    return examples;
  }

  private static void assertRefused(String address, String document, String field) {
    HttpResponse<String> answer = ask(address, ascii(document).getBytes(ISO_8859_1));

    assertThat(answer.statusCode()).as(document + answer.body()).isEqualTo(400);
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.path("code").asString()).isEqualTo("invalid_parameter");
    assertThat(problem.path("field").asString()).as(document).isEqualTo(field);
  }

  /// With what is not ASCII as escapes: halves of pairs cannot be sent otherwise.
  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    text.chars()
        .forEach(c -> ascii.append(c < 128 ? Character.toString(c) : "\\u%04x".formatted(c)));
    return ascii.toString();
  }

  private static HttpResponse<String> ask(String address, byte[] document) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve(address))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(document)));
  }
}
