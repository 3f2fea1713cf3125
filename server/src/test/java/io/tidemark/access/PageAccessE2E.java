package io.tidemark.access;

import static io.tidemark.access.Visitor.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAccessE2E {

  private static final TidemarkServer SERVER = TidemarkServer.start();

  private final Visitor browser = new Visitor(SERVER.base());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/sign-in",
        "/questions",
        "/saved/questions-page.js",
        "/shared",
        "/dashboard/dashboard.css",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/api/v1/intake"
      })
  void public_anyone_isAnswered(String path) {
    assertThat(browser.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/somewhere", "/error", "/login", "/login/ott", "/api", "/actuator/env"})
  void anythingElse_anyone_isRefusedWithoutALoginPage(String path) {
    expectProblem(browser.get(path), 401, "key_missing");
  }

  @Test
  void linksOverHttp_anyone_getsNone() {
    browser.get("/sign-in");

    expectProblem(browser.postForm("/ott/generate", "username=owner"), 401, "key_missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in",
        "/questions",
        "/shared",
        "/dashboard/dashboard.css",
        "/api/v1/session"
      })
  void headers_everyAnswer_areStrict(String path) {
    HttpResponse<String> answer = browser.get(path);

    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .startsWith("default-src 'none'; ")
        .contains("script-src 'self' 'sha256-")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void headers_apiExplorer_mayStyleItself() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());

    HttpResponse<String> answer = browser.get("/swagger-ui/index.html");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("style-src 'self' 'unsafe-inline'; script-src 'self'");
  }
}
