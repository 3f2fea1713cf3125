package io.tidemark.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An intake on this machine that answers as told first, and then takes everything, recognising
/// what it has.
final class ScriptedIntake implements AutoCloseable {

  /// One answer that takes nothing.
  record Refusal(int statusCode, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final JsonMapper mapper = new JsonMapper();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> authorizations = ConcurrentHashMap.newKeySet();

  ScriptedIntake(Refusal... first) {
    refusals.addAll(List.of(first));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.createContext("/api/v1/batch", this::answer);
    server.setExecutor(executor);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The records it has, as id and timestamp.
  Set<String> seen() {
    return seen;
  }

  Set<String> authorizations() {
    return authorizations;
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    Refusal refusal = refusals.poll();
    if (refusal != null) {
      refusal.headers().forEach(exchange.getResponseHeaders()::set);
      respond(exchange, refusal.statusCode(), refusal.body());
      return;
    }
    int accepted = 0;
    int duplicates = 0;
    for (JsonNode posted : mapper.readTree(body).path("records")) {
      if (seen.add(posted.path("id").asString() + " " + posted.path("timestamp").asString())) {
        accepted++;
        continue;
      }
      duplicates++;
    }
    respond(
        exchange,
        200,
        """
        {"accepted":%d,"duplicates":%d,"rejected":0,"results":[]}\
        """
            .formatted(accepted, duplicates));
  }

  private static void respond(HttpExchange exchange, int statusCode, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(statusCode, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
