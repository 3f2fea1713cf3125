package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the native intake.
final class Intake implements AutoCloseable {

  /// What was answered.
  record Answer(int status, String contentType, JsonNode body, HttpResponse<String> whole) {

    /// Accepted, duplicates, rejected.
    List<Integer> counts() {
      return List.of(
          body.path("accepted").intValue(),
          body.path("duplicates").intValue(),
          body.path("rejected").intValue());
    }

    String code() {
      return body.path("code").asString();
    }

    /// What is said of the records that were not plainly accepted: index, result, code.
    List<String> results() {
      return body.path("results")
          .valueStream()
          .map(result ->
              "%d %s %s"
                  .formatted(
                      result.path("index").intValue(),
                      result.path("result").asString(),
                      result.path("code").asString())
                  .strip())
          .toList();
    }
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TidemarkServer server =
      TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.1S");
  private final String secretKey = server.key(KeyKind.SECRET);
  private final String writeKey = server.key(KeyKind.WRITE);

  TidemarkServer server() {
    return server;
  }

  String secretKey() {
    return secretKey;
  }

  String writeKey() {
    return writeKey;
  }

  /// With a secret key.
  Answer post(String json) {
    return post(json.getBytes(UTF_8), "application/json");
  }

  Answer post(byte[] body, String contentType) {
    return answer(server.post(secretKey, contentType, body));
  }

  Answer postWithWriteKey(String json) {
    return answer(server.post(writeKey, "application/json", json.getBytes(UTF_8)));
  }

  /// @param headers names and values, by turns
  Answer send(String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return answer(server.send(request));
  }

  /// The row that the statement finds, which must be one.
  Map<String, Object> row(String sql, Object... parameters) {
    return server.database().jdbc().sql(sql).params(parameters).query().singleRow();
  }

  long count(String sql, Object... parameters) {
    return server.database().count(sql, parameters);
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return gzipped.toByteArray();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        JSON.readTree(response.body()),
        response);
  }
}
