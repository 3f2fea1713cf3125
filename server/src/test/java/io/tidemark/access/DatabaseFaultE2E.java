package io.tidemark.access;

import static io.tidemark.access.Visitor.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFaultE2E {

  private static final TidemarkServer SERVER = TidemarkServer.start();

  private static final String SESSION_COOKIE = "tidemark_session=c29tZXRoaW5n";

  private final Visitor visitor = new Visitor(SERVER.base());

  @BeforeAll
  static void breakDatabase() {
    SERVER.database().jdbc().sql("DROP TABLE api_key, spring_session CASCADE").update();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void key_thatCannotBeLookedUp_isToBeSentAgain() {
    HttpResponse<String> answer =
        visitor.post(
            "/api/v1/batch",
            "{}",
            "Origin",
            "https://shop.example",
            "Authorization",
            "Bearer tm_write_unknown");

    expectProblem(answer, 503, "database_unavailable");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void session_thatCannotBeLookedUp_isToBeSentAgain() {
    HttpResponse<String> answer = visitor.get("/api/v1/session", "Cookie", SESSION_COOKIE);

    expectProblem(answer, 503, "database_unavailable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/dashboard/dashboard.css", "/actuator/health/liveness", "/api/v1/intake"})
  void openPath_ofSomeoneSignedIn_needsNoSession(String path) {
    assertThat(visitor.get(path, "Cookie", SESSION_COOKIE).statusCode()).isEqualTo(200);
  }

  @Test
  void key_fromABrowserThatIsSignedIn_needsNoSession() {
    HttpResponse<String> answer =
        visitor.get(
            "/api/v1/session", "Cookie", SESSION_COOKIE, "Authorization", "Bearer nonsense");

    expectProblem(answer, 401, "key_unknown");
  }
}
