package io.tidemark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a running server. What it refuses is told in its own words.
final class AskConnection implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI server;
  private final String key;

  /// @param server address without path
  AskConnection(URI server, String key) {
    this.server = server;
    this.key = key;
  }

  /// Asks with a document.
  ///
  /// @param accept type of the answer
  /// @return the answer, to be read and closed
  HttpResponse<InputStream> ask(String document, String accept, boolean isExplained)
      throws IOException, InterruptedException {
    return send(
        request("/api/v1/questions?explain=" + isExplained, accept)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }

  /// Asks what is saved.
  HttpResponse<InputStream> askSaved(UUID id, String accept, boolean isExplained)
      throws IOException, InterruptedException {
    return send(
        request("/api/v1/saved-questions/" + id + "/answer?explain=" + isExplained, accept));
  }

  private HttpRequest.Builder request(String path, String accept) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Authorization", "Bearer " + key)
        .header("Accept", accept);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer;
    try {
      answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new AskFailedException(
          "No server answers at %s; start one with ./tidemark serve, or name it with --url"
              .formatted(server),
          e);
    }
    if (answer.statusCode() != 200) {
      throw new AskFailedException(problem(answer), null);
    }
    return answer;
  }

  private static String problem(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      JsonNode problem = JsonMapper.shared().readTree(body);
      String field = problem.path("field").asString("");
      String detail = problem.path("detail").asString("The server answered " + answer.statusCode());
      return field.isEmpty() || detail.startsWith(field) ? detail : field + ": " + detail;
    } catch (JacksonException notAProblem) {
      return "The server answered " + answer.statusCode();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
