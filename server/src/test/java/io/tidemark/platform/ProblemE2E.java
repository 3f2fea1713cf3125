package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is wrong with a request, the answer is a problem with a code.
class ProblemE2E {

  private static TidemarkServer server;
  private static String readKey;
  private static String writeKey;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    readKey = server.key(KeyKind.READ);
    writeKey = server.key(KeyKind.WRITE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/insights/sessions, 400, missing_parameter, user_id",
    "/api/v1/insights/endpoints?from=yesterday, 400, invalid_parameter, from",
    "/api/v1/insights/endpoints?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, 400, invalid_parameter, from",
    "/api/v1/insights/api-trend?interval=week, 400, invalid_parameter, interval",
    "/api/v1/insights/funnel?window=tomorrow, 400, invalid_parameter, window",
    "/api/v1/insights/nothing, 404, not_found,"
  })
  void question_wrong_isAProblemThatNamesTheField(
      String path, int status, String code, String field) {
    HttpResponse<String> answer = server.get(readKey, path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    if (field != null) {
      assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET", "PUT", "PATCH", "DELETE"})
  void intake_otherMethod_isNotAllowed(String method) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.base().resolve("/api/v1/batch"))
                .header("Authorization", "Bearer " + writeKey)
                .method(method, HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
  }

  @Test
  void intake_multipartWithoutBoundary_isReadAsJson() {
    HttpResponse<String> answer =
        server.post(writeKey, "multipart/form-data", "no json".getBytes(StandardCharsets.UTF_8));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"malformed_json\"");
  }

  @Test
  void address_thatTheFirewallRefuses_isAProblem() {
    HttpResponse<String> answer = server.get(readKey, "/api/v1/insights/live;x=1");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"bad_request\"");
  }

  @Test
  void health_databaseThere_isUpWithoutAKey() {
    HttpResponse<String> answer =
        server.send(HttpRequest.newBuilder(server.base().resolve("/actuator/health")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("UP");
  }

  @Test
  void metrics_ofTheIntake_areThere() {
    String metrics = server.get(readKey, "/actuator/prometheus").body();

    assertThat(metrics)
        .contains("tidemark_ingest_open 1.0", "hikaricp_connections{pool=\"intake\"}");
  }
}
