package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.CapturedLog;
import io.tidemark.testing.RawRequest;
import io.tidemark.testing.TidemarkServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Tomcat and Spring Security refuse before anything of ours is asked: problems too, without a
/// word in the log. `hush` stands where ids, tokens and keys do.
class RefusedRequestE2E {

  private static final List<String> ADDRESSES =
      List.of(
          "/",
          "/dashboard/dashboard.css",
          "/actuator/health",
          "/api/v1/intake",
          "/api/v1/insights/live",
          "/api/v1/batch",
          "/api/v1/shared/hush",
          "/nothing");

  private static TidemarkServer server;
  private static String key;

  private CapturedLog log;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.SECRET);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void capture() {
    log = new CapturedLog();
  }

  @AfterEach
  void release() {
    log.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1%2fhush",
        "/api/v1/shared/hush%2Fx",
        "/api/v1/shared/hush%5cx",
        "/api/v1/shared/hush;x=1",
        "/api/v1/shared/hush%3bx",
        "/api//v1/hush",
        "//hush",
        "/api/v1/%2e%2e/hush",
        "/api/v1/../hush",
        "/../hush",
        "/hush\\x",
        "/hush%",
        "/hush%zz",
        "/hush%e4",
        "/hush%c0%af",
        "/hush%ed%a0%80",
        "/saved/hush%00",
        "/api/v1/shared/hush%00",
        "/api/v1/saved-questions/hush%00",
        "/api/v1/shared/hush%0d%0ax",
        "/api/v1/shared/hush%25",
        "/api/v1/shared/hush%e2%80%a8",
        "/hush\u0000",
        "/hush\u00e4",
        "/hush<>",
        "/hush{}",
        "hush",
        "http://hush:99999/",
        "http://hu%sh/",
        "ftp://tidemark/hush",
        "*"
      })
  void path_thatIsNone_isAProblem(String path) {
    for (String with : new String[] {null, key}) {
      assertProblem(send(RawRequest.head("GET " + path, with) + "\r\n"), 400, "bad_request");
    }
    assertNothingLogged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: hu\u0000sh",
        "X-A : hush",
        ": hush",
        "X(A: hush",
        "hush",
        "Host: hush",
        "Content-Length: hush",
        "Content-Length: -1",
        "Content-Length: +2",
        "Content-Length: 2, 2",
        "Content-Length: 99999999999999999999",
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 2\r\nContent-Length: 2",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, identity",
        "Cookie: hush\u0000",
        "Authorization: Bearer hush\u0001"
      })
  void header_thatIsNone_isAProblem(String header) {
    for (String address : ADDRESSES) {
      assertProblem(
          send(RawRequest.head("POST " + address, null) + header + "\r\n\r\n"), 400, "bad_request");
    }
    assertNothingLogged();
  }

  @ParameterizedTest
  @CsvSource({
    "Expect: hush, 417, expectation_failed",
    "Transfer-Encoding: hush, 501, not_implemented",
    "'Transfer-Encoding: gzip, chunked', 501, not_implemented",
    "X-Forwarded-Prefix: /hu%sh, 400, invalid_parameter",
    "X-Forwarded-Port: hush, 400, bad_request",
    "X-Forwarded-Host: hu sh:x, 400, bad_request",
  })
  void header_thatCannotBeFollowed_isAProblem(String header, int status, String code) {
    for (String address : List.of("/", "/dashboard/dashboard.css", "/api/v1/insights/live")) {
      assertProblem(
          send(RawRequest.head("GET " + address, key) + header + "\r\n\r\n"), status, code);
    }
    assertNothingLogged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Authorization",
        "Cache-Control",
        "Content-Type",
        "If-None-Match",
        "If-Modified-Since",
        "Origin",
        "Range",
        "User-Agent",
        "X-XSRF-TOKEN",
        "Cookie",
        "X-Forwarded-Proto",
        "X-Forwarded-For",
        "Forwarded",
        "Upgrade"
      })
  void header_ofAnyText_isNoFault(String name) {
    for (String value :
        List.of("hush", "\u0085hush", "\u00e4hush;=,", "hush;q=x", "bytes=hush", "")) {
      for (String address : ADDRESSES) {
        for (String with : new String[] {null, key}) {
          RawRequest.Answer answer =
              send(RawRequest.head("GET " + address, with) + name + ": " + value + "\r\n\r\n");

          assertThat(answer.status()).as("%s: %s at %s", name, value, address).isLessThan(500);
          if (answer.status() >= 400) {
            assertThat(answer.contentType())
                .as("%s: %s at %s, %d", name, value, address, answer.status())
                .startsWith("application/problem+json");
          }
        }
      }
    }
    assertNothingLogged();
  }

  @ParameterizedTest
  @CsvSource({
    "HUSH, 501, not_implemented",
    "PROPFIND, 501, not_implemented",
    "get, 501, not_implemented",
    "CONNECT, 501, not_implemented",
    "TRACE, 405, method_not_allowed",
    "GE(T, 400, bad_request",
  })
  void method_unknown_isAProblem(String method, int status, String code) {
    for (String address : ADDRESSES) {
      assertProblem(send(RawRequest.head(method + " " + address, key) + "\r\n"), status, code);
    }
    assertNothingLogged();
  }

  @Test
  void size_beyondTheBounds_isAProblem() {
    String line = "GET /api/v1/insights/live";

    assertProblem(
        send(RawRequest.head(line + "?hush=" + "x".repeat(20_000), key) + "\r\n"),
        414,
        "uri_too_long");
    assertProblem(
        send(RawRequest.head(line, key) + "X-Hush: " + "x".repeat(20_000) + "\r\n\r\n"),
        431,
        "request_header_fields_too_large");
    assertProblem(
        send(RawRequest.head(line, key) + "X-Hush: a\r\n".repeat(300) + "\r\n"),
        431,
        "request_header_fields_too_large");
    assertProblem(
        send(
            RawRequest.head("POST /login/ott", null)
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n"
                + "x".repeat(9_000)),
        413,
        "body_too_large");
    assertNothingLogged();
  }

  @Test
  void protocol_unknown_isAProblem() {
    assertProblem(send("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505, "http_version_not_supported");
    assertProblem(send("GET / HUSH/1.1\r\nHost: a\r\n\r\n"), 400, "bad_request");
    assertProblem(send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), 400, "bad_request");
    assertThat(send("GET /api/v1/intake HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
    assertThat(send("GET /api/hush\r\n").body()).contains("\"code\":\"key_missing\"");
    assertNothingLogged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n[]\r\n0\r\n\r\n",
        "-2\r\n[]\r\n0\r\n\r\n",
        "2[]",
        "2\r\n[]hush",
        "0x2\r\n[]\r\n0\r\n\r\n"
      })
  void chunk_thatIsNone_isAProblem(String chunks) {
    for (String address :
        List.of("/api/v1/batch", "/api/v1/questions", "/api/v1/saved-questions")) {
      assertProblem(
          send(
              RawRequest.head("POST " + address, key)
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + chunks),
          400,
          "bad_request");
    }
    assertNothingLogged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/api/v1/insights/live", "/api/v1/session"})
  void accept_ofAnotherType_isAProblemOrIgnored(String address) {
    RawRequest.Answer answer =
        send(RawRequest.head("GET " + address, key) + "Accept: image/png\r\n\r\n");

    if (answer.status() != 200) {
      assertProblem(answer, 406, "not_acceptable");
    }
    assertNothingLogged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/hush", "/actuator/health/hush", "/actuator/metrics/hush"})
  void actuator_unknown_isAProblem(String address) {
    assertProblem(send(RawRequest.head("GET " + address, key) + "\r\n"), 404, "not_found");
    assertNothingLogged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "GET", "OPTIONS"})
  void intake_pageOfAnotherSiteThatMayNot_isAProblem(String method) {
    assertProblem(
        send(
            RawRequest.head(method + " /api/v1/batch", key)
                + "Origin: http://hush\r\nAccess-Control-Request-Method: DELETE\r\n\r\n"),
        403,
        "forbidden");
    assertNothingLogged();
  }

  @Test
  void session_thatCannotBeLookedUp_isNone() {
    String cookie = Base64.getEncoder().encodeToString("hu\0sh".getBytes(StandardCharsets.UTF_8));

    assertProblem(
        send(
            RawRequest.head("GET /api/v1/session", null)
                + "Cookie: tidemark_session="
                + cookie
                + "\r\n\r\n"),
        401,
        "key_missing");
    assertNothingLogged();
  }

  private static RawRequest.Answer send(String request) {
    return RawRequest.send(server.base(), request);
  }

  private static void assertProblem(RawRequest.Answer answer, int status, String code) {
    assertThat(answer.head()).contains(" " + status + " ");
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).isEqualTo(code);
    assertThat(answer.json().path("status").intValue()).isEqualTo(status);
    assertThat(answer.json().path("detail").asString()).isNotBlank();
  }

  private void assertNothingLogged() {
    assertThat(log.warnings()).isEmpty();
  }
}
