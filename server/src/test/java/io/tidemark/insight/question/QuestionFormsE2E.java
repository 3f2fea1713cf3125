package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// In which forms a question is answered.
class QuestionFormsE2E {

  private static AskedServer server;

  @BeforeAll
  static void start() {
    server = AskedServer.start("tidemark.rollup.refresh-interval=PT0.1S");
    String record =
        "{\"type\": \"api_response_time\", \"timestamp\": \"%s\", \"endpoint\": \"/a\", \"method\": \"GET\", \"status_code\": 200, \"response_time_ms\": 12.5}"
            .formatted(Instant.now().minusSeconds(3600));
    server
        .server()
        .post(
            server.server().key(KeyKind.SECRET),
            "application/x-ndjson",
            record.getBytes(StandardCharsets.UTF_8));
    await()
        .until(() -> server.server().database().count("SELECT count(*) FROM api_total_rollup") > 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answer_asCsv_hasColumnsRowsAndHeaders() {
    HttpResponse<String> answer = server.ask(AskedServer.DOCUMENT, "text/csv");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
    assertThat(answer.headers().firstValue("Tidemark-Zone")).contains("Z");
    assertThat(answer.headers().firstValue("Tidemark-As-Of")).isPresent();
    String[] lines = answer.body().split("\r\n", -1);
    assertThat(lines).hasSize(3);
    assertThat(lines[0])
        .isEqualTo(
            "at,requests,errors,error_rate,client_errors,avg_ms,p50_ms,p95_ms,p99_ms,max_ms,cache_hit_rate,partial");
    assertThat(lines[1]).contains(",1,0,0.0,0,12.5,").endsWith(",,true");
    assertThat(lines[2]).isEmpty();
  }

  @Test
  void answer_asCsvOfAWrongDocument_isAProblem() {
    HttpResponse<String> answer = server.ask("{\"question\": \"unknown\"}", "text/csv");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void answer_explained_namesItsStatements() {
    HttpResponse<String> answer =
        server.ask("/api/v1/questions?explain=true", AskedServer.DOCUMENT, "application/json");

    JsonNode told = JsonMapper.shared().readTree(answer.body());
    assertThat(told.get("points").size()).isEqualTo(1);
    JsonNode statements = told.at("/explain/statements");
    JsonNode last = statements.get(statements.size() - 1);
    assertThat(last.get("name").asString()).isEqualTo("insight.api-totals");
    assertThat(last.get("sql").asString()).contains("FROM api_total_rollup");
    assertThat(last.get("rows").asLong()).isEqualTo(1);
    assertThat(last.get("millis").asDouble()).isPositive();
    assertThat(server.ask(AskedServer.DOCUMENT, "application/json").body())
        .doesNotContain("explain");
  }
}
