package io.tidemark.bench.questions;

import io.tidemark.bench.http.HttpAnswer;
import io.tidemark.bench.http.KeepAliveConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the server questions over one connection that is kept. Not thread-safe.
final class TidemarkApi implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long LOOK_MILLIS = 500;
  private static final long MOST_SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private final URI server;
  private final String key;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<String, String> saved = new HashMap<>();
  private KeepAliveConnection connection;
  private long usedNanos = System.nanoTime();

  /// @param key one that may ask
  TidemarkApi(URI server, String key) throws IOException {
    this.server = server;
    this.key = key;
    this.connection = new KeepAliveConnection(server);
  }

  /// @param nanos until the whole body was read
  record Answer(String body, long nanos) {}

  /// @param path with its query
  /// @throws IOException when the answer is not one of success
  Answer ask(String path) throws IOException {
    return exchange("GET", path, "");
  }

  /// Asks with a document.
  Answer askDocument(String document) throws IOException {
    return exchange("POST", "/api/v1/questions", document);
  }

  /// Saves the document, unless it has been, and asks what was saved.
  Answer askSaved(String document) throws IOException {
    String id = saved.get(document);
    if (id == null) {
      String draft = "{\"name\": \"Bench\", \"document\": %s}".formatted(document);
      id = parse(exchange("POST", "/api/v1/saved-questions", draft)).path("id").asString();
      saved.put(document, id);
    }
    return ask("/api/v1/saved-questions/%s/answer".formatted(id));
  }

  private Answer exchange(String method, String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] request =
        """
        %s %s HTTP/1.1\r
        Host: %s:%d\r
        Authorization: Bearer %s\r
        Accept: application/json\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(method, path, server.getHost(), server.getPort(), key, bytes.length, body)
            .getBytes(StandardCharsets.UTF_8);
    long start = System.nanoTime();
    HttpAnswer answer = connection.exchange(request);
    usedNanos = System.nanoTime();
    long nanos = usedNanos - start;
    if (answer.closes()) {
      reconnect();
    }
    if (answer.status() / 100 != 2) {
      throw new IOException("%s: %d %s".formatted(path, answer.status(), answer.body()));
    }
    return new Answer(answer.body(), nanos);
  }

  JsonNode parse(Answer answer) {
    return json.readTree(answer.body());
  }

  /// What is stored, by fact, as its rollups count it.
  JsonNode readCoverage() throws IOException {
    reconnectWhenSilent();
    return parse(ask("/api/v1/insights/coverage")).path("facts");
  }

  /// What keeping rollups has taken since the server started.
  RollupWork readRollupWork() throws IOException {
    reconnectWhenSilent();
    double records = measured("tidemark.rollup.records", "COUNT");
    return new RollupWork(
        (long) records,
        (long) measured("tidemark.rollup.refresh", "COUNT"),
        measured("tidemark.rollup.refresh", "TOTAL_TIME"));
  }

  /// Returns when answers from rollups hold every record that was acknowledged before now.
  void awaitRollups(Pace pace) throws IOException, InterruptedException {
    Instant acknowledged = Instant.now();
    await(
        pace,
        answer ->
            !Instant.parse(answer.path("freshness").path("as_of").asString())
                .isBefore(acknowledged));
  }

  /// Returns when answers from rollups hold records of the last minute.
  void awaitNewRecords(Pace pace) throws IOException, InterruptedException {
    await(pace, answer -> !answer.path("metrics").isEmpty());
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  /// Asks what costs next to nothing again and again, until the answer is as it should be.
  private void await(Pace pace, Predicate<JsonNode> isGood)
      throws IOException, InterruptedException {
    reconnectWhenSilent();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (JsonNode answer = lastMinute(); !isGood.test(answer); answer = lastMinute()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The rollups have not caught up after 30 minutes");
      }
      pace.waiting("%,d ms behind".formatted(answer.path("freshness").path("lag_ms").asLong()));
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private JsonNode lastMinute() throws IOException {
    Instant now = Instant.now();
    return parse(
        ask("/api/v1/insights/metrics?from=%s&to=%s".formatted(now.minusSeconds(60), now)));
  }

  private double measured(String metric, String statistic) throws IOException {
    for (JsonNode measurement : parse(ask("/actuator/metrics/" + metric)).path("measurements")) {
      if (measurement.path("statistic").asString().equals(statistic)) {
        return measurement.path("value").asDouble();
      }
    }
    throw new IOException("No " + statistic + " of " + metric);
  }

  /// The server ends a connection that was silent for long. What comes first over a new one is not
  /// measured.
  void reconnectWhenSilent() throws IOException {
    if (System.nanoTime() - usedNanos > MOST_SILENCE_NANOS) {
      reconnect();
      ask("/api/v1/intake");
    }
  }

  private void reconnect() throws IOException {
    connection.close();
    connection = new KeepAliveConnection(server);
  }
}
