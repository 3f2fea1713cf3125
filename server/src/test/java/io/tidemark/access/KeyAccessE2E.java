package io.tidemark.access;

import static io.tidemark.access.Visitor.basic;
import static io.tidemark.access.Visitor.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAccessE2E {

  private static final TidemarkServer SERVER = TidemarkServer.start();
  private static final String WRITE = SERVER.key(KeyKind.WRITE);
  private static final String SECRET = SERVER.key(KeyKind.SECRET);
  private static final String READ = SERVER.key(KeyKind.READ);

  private static final List<String> KEYS = List.of(WRITE, SECRET, READ);

  private static final String BATCH = "/api/v1/batch";
  private static final String RECORDS = "{\"records\":[]}";

  private final Visitor program = new Visitor(SERVER.base());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void intake_keyThatMayRecord_isLetThrough() {
    assertLetThrough(program.post(BATCH, RECORDS, json("Bearer " + WRITE)));
    assertLetThrough(program.post(BATCH, RECORDS, json("Bearer " + SECRET)));
    assertLetThrough(program.post(BATCH, RECORDS, json(basic(WRITE + ":"))));
    assertLetThrough(
        program.post(BATCH + "?key=" + WRITE, RECORDS, "Content-Type", "text/plain;charset=UTF-8"));
  }

  @Test
  void intake_readKey_mayNot() {
    expectProblem(program.post(BATCH, RECORDS, json("Bearer " + READ)), 403, "key_may_not");
  }

  @Test
  void intake_noKey_isAskedForOneWithoutASession() {
    HttpResponse<String> answer = program.post(BATCH, RECORDS);

    expectProblem(answer, 401, "key_missing");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer nonsense", "Bearer tm_write_wrong", "Basic bm9uc2Vuc2U6"})
  void intake_wrongKey_isRefused(String authorization) {
    expectProblem(program.post(BATCH, RECORDS, json(authorization)), 401, "key_unknown");
  }

  @Test
  void intake_session_doesNotCount() {
    program.signIn(SERVER.part(SignInLinkStore.class).create());

    expectProblem(program.postForm(BATCH, RECORDS), 401, "key_missing");
  }

  @Test
  void intake_preflightOfAnySite_isAllowedForADay() {
    HttpResponse<String> answer =
        program.send(
            "OPTIONS",
            BATCH,
            "",
            "Origin",
            "https://shop.example",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization,content-type,content-encoding,x-retry-count");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Max-Age")).contains("86400");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("authorization, content-type, content-encoding, x-retry-count");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void intake_refusalToAPageOfAnotherSite_canBeReadByIt() {
    HttpResponse<String> answer =
        program.post(
            BATCH, RECORDS, "Origin", "https://shop.example", "Authorization", "Bearer nonsense");

    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a:b", "http://%zz", "null", "nonsense"})
  void intake_originThatIsNone_isNoReasonToFail(String origin) {
    expectProblem(
        program.post(BATCH, RECORDS, "Origin", origin, "Authorization", "Bearer nonsense"),
        401,
        "key_unknown");
  }

  @Test
  void intakeState_wrongKey_isAnsweredAllTheSame() {
    HttpResponse<String> answer = program.get("/api/v1/intake", "Authorization", "Bearer nonsense");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/session", "/actuator/prometheus", "/v3/api-docs"})
  void reading_keyThatMayAsk_isAnswered(String path) {
    assertLetThrough(program.get(path, "Authorization", "Bearer " + READ));
    assertLetThrough(program.get(path, "Authorization", "Bearer " + SECRET));
    assertLetThrough(program.get(path, "Authorization", basic(READ + ":")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/session",
        "/api/v1/insights/live",
        "/actuator",
        "/actuator/prometheus",
        "/v3/api-docs",
        "/swagger-ui/index.html"
      })
  void reading_anyoneElse_isRefused(String path) {
    expectProblem(program.get(path), 401, "key_missing");
    expectProblem(program.get(path, "Authorization", "Bearer nonsense"), 401, "key_unknown");
    expectProblem(program.get(path, "Authorization", "Bearer " + WRITE), 403, "key_may_not");
    expectProblem(program.get(path + "?key=" + READ), 401, "key_missing");
  }

  @Test
  void reading_aPageOfAnotherSite_isNotAllowed() {
    HttpResponse<String> answer =
        program.get(
            "/api/v1/session", "Origin", "https://shop.example", "Authorization", "Bearer " + READ);

    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void reading_withAKey_makesNoSession() {
    HttpResponse<String> answer = program.get("/api/v1/session", "Authorization", "Bearer " + READ);

    assertThat(answer.body()).matches("\\{\"name\":\"test-\\d+\"}");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/session",
    "DELETE, /api/v1/insights/live",
    "PUT, /api/v1/saved-questions",
    "PATCH, /api/v1/intake",
    "POST, /actuator/health"
  })
  void otherMethod_withAKey_isNotAllowed(String method, String path) {
    for (String key : KEYS) {
      HttpResponse<String> answer =
          program.send(method, path, "", "Authorization", "Bearer " + key);

      expectProblem(answer, 405, "method_not_allowed");
      assertThat(answer.headers().firstValue("Allow")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/batch/",
        "/api/v1/nothing",
        "/api/v2/batch",
        "/api",
        "/somewhere",
        "/actuator/env",
        "/error",
        "/batch"
      })
  void address_thatThereIsNot_isNotFoundWithAnyKeyAndMethod(String path) {
    for (String key : KEYS) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
        HttpResponse<String> answer =
            program.send(method, path, "[]", "Authorization", "Bearer " + key);

        expectProblem(answer, 404, "not_found");
      }
    }
  }

  @Test
  void health_detailsAreForThoseWhoMayAsk() {
    HttpResponse<String> anyone = program.get("/actuator/health");
    HttpResponse<String> reader =
        program.get("/actuator/health", "Authorization", "Bearer " + READ);

    assertThat(anyone.statusCode()).isEqualTo(200);
    assertThat(anyone.body()).doesNotContain("components");
    assertThat(reader.body()).contains("components");
  }

  private static void assertLetThrough(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isNotIn(401, 403);
  }

  private static String[] json(String authorization) {
    return new String[] {"Content-Type", "application/json", "Authorization", authorization};
  }
}
