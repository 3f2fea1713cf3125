package io.tidemark.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Posts batches of records to the intake of one server. Thread-safe; [#close()] waits for requests
/// under way.
final class BatchSender implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final long LONGEST_WAIT_SECONDS = 60;
  private static final int LONGEST_DETAIL = 300;

  private final URI batchUri;
  private final String authorization;
  private final BatchJson batchJson = new BatchJson();
  private final JsonMapper mapper = new JsonMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /// @param base where the server listens, as `http://127.0.0.1:8080`
  /// @param secretKey a `secret` key: sample records are backdated and tell of subscriptions
  BatchSender(URI base, String secretKey) {
    String root = base.toString();
    this.batchUri = URI.create(root + (root.endsWith("/") ? "" : "/") + "api/v1/batch");
    this.authorization = "Bearer " + secretKey;
  }

  /// Posts one batch of at most 1,000 records and waits for the answer, which comes after the
  /// commit.
  BatchOutcome post(List<SampleRecord> records) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(batchUri)
            .timeout(ANSWER_TIMEOUT)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(batchJson.write(records)))
            .build();
    try {
      return outcome(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException away) {
      return new BatchOutcome.TryLater(
          Duration.ZERO, batchUri + " does not answer (" + away.getClass().getSimpleName() + ")");
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private BatchOutcome outcome(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode body = read(response.body());
    if (status == 200) {
      JsonNode first = body.path("results").findValue("detail");
      return new BatchOutcome.Taken(
          body.path("accepted").asLong(0),
          body.path("duplicates").asLong(0),
          body.path("rejected").asLong(0),
          first == null ? "" : first.asString(""));
    }
    if (status == 429 || status == 503) {
      return new BatchOutcome.TryLater(retryAfter(response), "the server answers " + status);
    }
    String detail = body.path("detail").asString(body.path("title").asString("no reason given"));
    return new BatchOutcome.Refused(
        status, detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
  }

  private JsonNode read(byte[] body) {
    try {
      return mapper.readTree(body);
    } catch (JacksonException notJson) {
      // Something between us and the server answered, a proxy for one: the status says enough.
      return mapper.missingNode();
    }
  }

  /// Our server always says seconds; a date, which RFC 9110 also allows, counts as not said.
  private static Duration retryAfter(HttpResponse<byte[]> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("0").strip();
    if (!seconds.matches("\\d{1,9}")) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_WAIT_SECONDS));
  }
}
