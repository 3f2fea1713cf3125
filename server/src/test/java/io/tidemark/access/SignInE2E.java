package io.tidemark.access;

import static io.tidemark.access.Visitor.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInE2E {

  private static final TidemarkServer SERVER = TidemarkServer.start();

  private static final String SESSION = "/api/v1/session";

  private final Visitor browser = new Visitor(SERVER.base());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void forgetSessions() {
    SERVER.database().jdbc().sql("DELETE FROM spring_session").update();
  }

  @Test
  void signIn_withALink_worksOnce() {
    String token = SERVER.part(SignInLinkStore.class).create();
    browser.get("/sign-in");

    assertThat(browser.postForm("/login/ott", "token=" + token).statusCode()).isEqualTo(204);
    assertThat(browser.get(SESSION).body()).isEqualTo("{\"name\":\"owner\"}");

    expectProblem(browser.postForm("/login/ott", "token=" + token), 401, "link_used_up");
  }

  @Test
  void signIn_withoutToken_isRefused() {
    browser.get("/sign-in");

    assertThat(browser.postForm("/login/ott", "").statusCode()).isEqualTo(401);
  }

  @Test
  void signIn_cookie_isOutOfReachOfScripts() {
    browser.get("/sign-in");

    HttpResponse<String> answer =
        browser.postForm("/login/ott", "token=" + SERVER.part(SignInLinkStore.class).create());

    assertThat(answer.headers().allValues("Set-Cookie"))
        .anySatisfy(cookie ->
            assertThat(cookie)
                .startsWith("tidemark_session=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/;")
                .doesNotContain("Secure"));
  }

  @Test
  void signIn_behindTls_cookiesAndTransportAreForTlsAlone() {
    HttpResponse<String> page = browser.get("/sign-in", "X-Forwarded-Proto", "https");
    String forgeryCookie = page.headers().firstValue("Set-Cookie").orElseThrow();
    String forgeryToken =
        forgeryCookie.substring(forgeryCookie.indexOf('=') + 1, forgeryCookie.indexOf(';'));

    HttpResponse<String> answer =
        browser.post(
            "/login/ott",
            "token=" + SERVER.part(SignInLinkStore.class).create(),
            "X-Forwarded-Proto",
            "https",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Cookie",
            "XSRF-TOKEN=" + forgeryToken,
            "X-XSRF-TOKEN",
            forgeryToken);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .isNotEmpty()
        .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "SameSite=Lax"));
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000");
  }

  @Test
  void signIn_withoutForgeryToken_isRefusedAndTheLinkStaysGood() {
    String token = SERVER.part(SignInLinkStore.class).create();
    String form = "token=" + token;

    expectProblem(
        browser.post("/login/ott", form, "Content-Type", "application/x-www-form-urlencoded"),
        403,
        "forgery_suspected");
    expectProblem(
        browser.post("/login/ott", form, Visitor.formWithToken("wrong")), 403, "forgery_suspected");

    assertThat(SERVER.part(SignInLinkStore.class).take(token)).isPresent();
  }

  @Test
  void signIn_again_changesTheSessionsName() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());
    Optional<String> before = browser.cookie("tidemark_session");

    browser.signIn(SERVER.part(SignInLinkStore.class).create());

    assertThat(browser.cookie("tidemark_session")).isPresent().isNotEqualTo(before);
    assertThat(countSessions()).isEqualTo(1);
  }

  @Test
  void session_passwordForAProxyInFront_stillCounts() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());

    assertThat(browser.get(SESSION, "Authorization", Visitor.basic("anna:secret")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void session_changeWithoutForgeryToken_isRefused() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());

    expectProblem(browser.post("/logout", ""), 403, "forgery_suspected");
    assertThat(browser.get(SESSION).statusCode()).isEqualTo(200);
  }

  @Test
  void session_unknownPath_isNotFound() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());

    expectProblem(browser.get("/somewhere"), 404, "not_found");
  }

  @Test
  void session_serverRestarted_stillCounts() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());
    String cookie = "tidemark_session=" + browser.cookie("tidemark_session").orElseThrow();

    SERVER.restart();

    assertThat(new Visitor(SERVER.base()).get(SESSION, "Cookie", cookie).statusCode())
        .isEqualTo(200);
  }

  @Test
  void session_polling_writesNothing() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());
    String before = readVersions();

    for (int poll = 0; poll < 5; poll++) {
      browser.get(SESSION);
    }

    assertThat(readVersions()).isEqualTo(before);
  }

  @Test
  void session_usedAfterAnHour_isGoodForThirtyDaysAgain() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());
    SERVER
        .database()
        .jdbc()
        .sql(
            "UPDATE spring_session SET last_access_time = last_access_time - 3600001, expiry_time = 0")
        .update();

    browser.get(SESSION);

    assertThat(
            SERVER
                .database()
                .jdbc()
                .sql("SELECT (expiry_time - last_access_time) / 86400000 FROM spring_session")
                .query(Integer.class)
                .single())
        .isEqualTo(30);
  }

  @Test
  void session_unusedForThirtyDays_isOver() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());
    SERVER
        .database()
        .jdbc()
        .sql(
            "UPDATE spring_session SET last_access_time = last_access_time - 30::bigint * 86400000")
        .update();

    expectProblem(browser.get(SESSION), 401, "key_missing");
  }

  @Test
  void logout_signedIn_endsTheSession() {
    browser.signIn(SERVER.part(SignInLinkStore.class).create());

    assertThat(browser.postForm("/logout", "").statusCode()).isEqualTo(204);
    expectProblem(browser.get(SESSION), 401, "key_missing");
    assertThat(countSessions()).isZero();
  }

  @Test
  void publicPage_signedOut_makesNoSession() {
    browser.get("/");
    browser.get(SESSION);

    assertThat(countSessions()).isZero();
    assertThat(browser.cookie("XSRF-TOKEN")).isPresent();
  }

  private static int countSessions() {
    return SERVER
        .database()
        .jdbc()
        .sql("SELECT count(*) FROM spring_session")
        .query(Integer.class)
        .single();
  }

  /// The transaction that wrote each row: changes with every write.
  private static String readVersions() {
    return SERVER
        .database()
        .jdbc()
        .sql("SELECT string_agg(xmin::text, ',' ORDER BY primary_id) FROM spring_session")
        .query(String.class)
        .single();
  }
}
