package io.tidemark.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server with an hour of records in it, and what is saved there with a key.
final class SampleRecords implements AutoCloseable {

  private static final int PEOPLE = 20;

  private final TidemarkServer server =
      TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.2S");
  private final String key = server.key(KeyKind.SECRET);

  SampleRecords() {
    Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
    String records =
        IntStream.range(0, PEOPLE)
            .mapToObj(person -> records(person, hourAgo))
            .collect(Collectors.joining("\n"));
    record(records);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.database().count("SELECT count(*) FROM batch_part") == 0);
  }

  TidemarkServer server() {
    return server;
  }

  /// Stores records, one a line.
  void record(String records) {
    HttpResponse<String> answer =
        server.post(key, "application/x-ndjson", records.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.body()).contains("\"rejected\":0");
  }

  /// @return the id of a question that is saved now
  String save(String name, String document) {
    return created(
            "/api/v1/saved-questions",
            "{\"name\": \"%s\", \"description\": \"\", \"document\": %s}".formatted(name, document))
        .get("id")
        .asString();
  }

  /// What is created by sending a body.
  JsonNode created(String path, String body) {
    HttpResponse<String> answer = send("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JsonMapper.shared().readTree(answer.body());
  }

  HttpResponse<String> send(String method, String path, String body) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  /// All of them visit and view a page, every second one uploads; each has a call of the API.
  private static String records(int person, Instant at) {
    String visit =
        """
        {"type": "conversion_funnel", "step": "page_visit", "user_id": "somebody-%1$d", "timestamp": "%2$s"}
        {"type": "user_event", "event_type": "page_view", "user_id": "somebody-%1$d", "timestamp": "%2$s"}
        {"type": "api_response_time", "endpoint": "/a", "method": "GET", "status_code": 200, "response_time_ms": 12.5, "timestamp": "%2$s"}\
        """
            .formatted(person, at);
    String upload =
        """

        {"type": "conversion_funnel", "step": "image_upload", "user_id": "somebody-%d", "timestamp": "%s"}\
        """
            .formatted(person, at.plusSeconds(30));
    return person % 2 == 0 ? visit + upload : visit;
  }

  @Override
  public void close() {
    server.close();
  }
}
