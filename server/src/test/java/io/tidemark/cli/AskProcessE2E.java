package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `tidemark ask` as a process of its own: what scripts read of it, and how it ends.
class AskProcessE2E {

  private static final String COLUMNS =
      "at,requests,errors,error_rate,client_errors,avg_ms,p50_ms,p95_ms,p99_ms,max_ms,cache_hit_rate,partial";

  private static TidemarkServer server;
  private static String key;
  private static String saved;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.1S");
    key = server.key(KeyKind.READ);
    String record =
        "{\"type\": \"api_response_time\", \"timestamp\": \"%s\", \"endpoint\": \"/a\", \"method\": \"GET\", \"status_code\": 200, \"response_time_ms\": 12.5}"
            .formatted(Instant.now().minus(Duration.ofMinutes(10)));
    server.post(
        server.key(KeyKind.SECRET),
        "application/x-ndjson",
        record.getBytes(StandardCharsets.UTF_8));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.database().count("SELECT count(*) FROM api_total_rollup") > 0);
    saved = save();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void csv_isNothingButRows() {
    Ended ask = ask("", "api-totals", "from=-PT24H", "--csv");

    assertThat(ask.code()).as(ask.err()).isZero();
    assertThat(ask.out()).startsWith(COLUMNS + "\r\n").endsWith("\r\n");
    assertThat(ask.out().split("\r\n")).hasSizeGreaterThan(1);
    assertThat(ask.err()).isEmpty();
  }

  @Test
  void json_isOneDocument() {
    Ended ask = ask("", "api-totals", "from=-PT24H", "--json");

    assertThat(ask.code()).as(ask.err()).isZero();
    JsonNode answer = JsonMapper.shared().readTree(ask.out());
    assertThat(answer.at("/points/0/requests").asLong()).isEqualTo(1);
    assertThat(answer.at("/freshness/as_of").isString()).isTrue();
  }

  @Test
  void saved_isAskedInEveryForm() {
    Ended table = ask("", "--saved", saved);
    Ended csv = ask("", "--saved", saved, "--csv");
    Ended json = ask("", "--saved", saved, "--json");

    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out()).startsWith("at  ").contains("requests", "as of");
    assertThat(csv.out()).startsWith(COLUMNS + "\r\n");
    assertThat(JsonMapper.shared().readTree(json.out()).get("points")).isNotEmpty();
  }

  @Test
  void document_fromStandardInput_isAsked() {
    Ended ask = ask("{\"question\": \"api-totals\"}", "--document", "-", "--csv");

    assertThat(ask.code()).as(ask.err()).isZero();
    assertThat(ask.out()).startsWith(COLUMNS);
  }

  @Test
  void refusal_isToldBesideTheAnswer() {
    Ended unknown = ask("", "--saved", "8a7d4f2e-1111-4222-8333-444455556666", "--csv");
    Ended wrong = ask("", "api-totals", "zone=7", "--json");
    Ended usage = ask("", "api-totals", "--csv", "--json");

    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err()).contains("There is no question");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("zone");
    assertThat(usage.code()).isEqualTo(2);
  }

  private static String save() {
    String draft =
        "{\"name\": \"Calls\", \"document\": {\"question\": \"api-totals\", \"from\": \"-PT24H\"}}";
    return JsonMapper.shared()
        .readTree(
            server
                .send(
                    HttpRequest.newBuilder(server.base().resolve("/api/v1/saved-questions"))
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(draft)))
                .body())
        .get("id")
        .asString();
  }

  /// What became of a process.
  private record Ended(int code, String out, String err) {}

  private static Ended ask(String input, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommandLineMain.class.getName(),
                "ask"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TIDEMARK_ASK_KEY", key);
    builder.environment().put("TIDEMARK_ASK_URL", server.base().toString());
    try {
      Process process = builder.start();
      CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process));
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.onExit().join().exitValue(), out, err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
