package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.ApiAddresses;
import io.tidemark.testing.ApiAddresses.Address;
import io.tidemark.testing.CapturedLog;
import io.tidemark.testing.RawRequest;
import io.tidemark.testing.TidemarkServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parameters that cannot be read, that there are not, or that are given twice, at every address:
/// 400 with the field, and nothing of them in the log.
class UnreadableParameterE2E {

  private static final String MARKER = "hush";

  private static final List<Address> OTHERS =
      List.of(
          new Address("GET", "/", List.of()),
          new Address("GET", "/index.html", List.of()),
          new Address("GET", "/questions", List.of()),
          new Address("GET", "/shared", List.of()),
          new Address("GET", "/sign-in", List.of()),
          new Address("POST", "/login/ott", List.of("token")),
          new Address("POST", "/logout", List.of()),
          new Address("GET", "/dashboard/dashboard.css", List.of()),
          new Address("GET", "/favicon.svg", List.of()),
          new Address("GET", "/actuator/health", List.of()),
          new Address("GET", "/actuator/prometheus", List.of()),
          new Address("GET", "/actuator/metrics/jvm.memory.used", List.of("tag")),
          new Address("GET", "/v3/api-docs", List.of()),
          new Address("GET", "/swagger-ui/index.html", List.of()),
          new Address("GET", "/error", List.of()),
          new Address("GET", "/somewhere", List.of()),
          new Address("POST", "/api/v1/batch/", List.of()),
          new Address("POST", "/api/v1/batch", List.of("key")),
          new Address("GET", "/api/v1/saved-questions/1/answer.csv", List.of("explain")),
          new Address("GET", "/api/v1/shared/hush/questions/1/answer.csv", List.of()),
          new Address("GET", "/api/v1/nothing", List.of()));

  private static TidemarkServer server;
  private static String key;
  private static List<Address> api;
  private static List<Address> all;

  private CapturedLog log;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.SECRET);
    api = ApiAddresses.list(server, key);
    all = new ArrayList<>(api);
    all.addAll(OTHERS);
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

  /// A cut, wrong or missing escape; bytes that are no UTF-8, overlong, half of a surrogate pair or
  /// cut; the one character that PostgreSQL does not keep.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%2",
        "%zz",
        "%-1",
        "%e4",
        "%c0%af",
        "%c0%80",
        "%f0%9f",
        "%ed%a0%80",
        "%ff%fe",
        "%f4%90%80%80",
        "%00"
      })
  void parameter_thatCannotBeRead_isNamedAndNotLogged(String wrong) {
    for (Address address : all) {
      List<String> names = new ArrayList<>(address.parameters());
      names.add("other");
      for (String name : names) {
        for (String with : new String[] {null, key}) {
          String query = "a=b&" + name + "=" + MARKER + wrong;
          RawRequest.Answer answer = ask(address, query, with);

          assertProblem(answer, 400, "invalid_parameter", address.line(query));
          assertThat(answer.json().path("field").asString())
              .as(address.line(query))
              .isEqualTo(name);
        }
      }
    }
    assertNothingLogged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%e4", "%00", "%0a", "%ed%a0%80"})
  void name_thatCannotBeRead_isToldAsItWasWritten(String wrong) {
    for (Address address : all) {
      String query = MARKER + wrong + "=1";
      RawRequest.Answer answer = ask(address, query, key);

      assertProblem(answer, 400, "invalid_parameter", address.line(query));
      assertThat(answer.json().path("field").asString()).isEqualTo(MARKER + wrong);
    }
    assertNothingLogged();
  }

  @Test
  void parameter_unknown_isRefusedWithTheOnesThereAre() {
    for (Address address : api) {
      if (isIntake(address)) {
        continue; // Programs of others add what they like to it.
      }
      RawRequest.Answer answer = ask(address, "stepz=a&windows=b", key);

      assertProblem(answer, 400, "invalid_parameter", address.line(""));
      assertThat(answer.json().path("field").asString()).isEqualTo("stepz");
      assertThat(answer.json().path("detail").asString())
          .startsWith("stepz, windows are unknown; there are ")
          .contains(
              address.parameters().isEmpty()
                  ? List.of("no parameters here")
                  : address.parameters());
    }
  }

  @Test
  void parameter_givenTwice_isRefused() {
    for (Address address : api) {
      for (String name : address.parameters()) {
        if (isIntake(address)) {
          continue;
        }
        RawRequest.Answer answer = ask(address, name + "=" + MARKER + "&" + name + "=b", key);

        assertProblem(answer, 400, "invalid_parameter", address.line(name));
        assertThat(answer.json().path("detail").asString()).isEqualTo(name + " must be given once");
      }
    }
    assertNothingLogged();
  }

  @Test
  void parameter_emptyOrOfAnyText_isNoFault() {
    for (Address address : api) {
      for (String name : address.parameters()) {
        for (String value :
            List.of(
                "", "%20", "x".repeat(7_000), MARKER, "-1", "1e999", "%f0%9f%98%80", "%27%22%3c")) {
          RawRequest.Answer answer = ask(address, name + "=" + value, key);

          assertThat(answer.status()).as(address.line(name + "=" + value)).isLessThan(500);
        }
      }
    }
    assertNothingLogged();
  }

  @Test
  void parameter_key_isNoMistakeBesideAHeader() {
    assertThat(RawRequest.send(server.base(), get("/api/v1/insights/live?key=" + key)).status())
        .isEqualTo(200);
  }

  @Test
  void explain_ofRowsAlone_isRefused() {
    String answer =
        RawRequest.send(
                server.base(),
                RawRequest.head("POST /api/v1/questions?explain=true", key)
                    + "Accept: text/csv\r\nContent-Length: 2\r\n\r\n{}")
            .body();

    assertThat(answer).contains("\"field\":\"explain\"", "explain goes with JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "%e4", "%"})
  void form_thatCannotBeRead_isAProblem(String wrong) {
    String form = "token=" + MARKER + wrong;
    RawRequest.Answer answer =
        RawRequest.send(
            server.base(),
            RawRequest.head("POST /login/ott", null)
                + "Content-Type: application/x-www-form-urlencoded\r\nCookie: XSRF-TOKEN=a\r\nX-XSRF-TOKEN: a\r\n"
                + "Content-Length: %d\r\n\r\n%s".formatted(form.length(), form));

    assertProblem(answer, 400, "invalid_parameter", form);
    assertThat(answer.json().path("field").asString()).isEqualTo("token");
    assertNothingLogged();
  }

  private static boolean isIntake(Address address) {
    return address.path().equals("/api/v1/batch");
  }

  private static RawRequest.Answer ask(Address address, String query, String key) {
    String body = address.method().equals("GET") ? "" : "Content-Length: 2\r\n\r\n[]";
    return RawRequest.send(
        server.base(),
        RawRequest.head(address.line(query), key) + (body.isEmpty() ? "\r\n" : body));
  }

  private static String get(String path) {
    return RawRequest.head("GET " + path, key) + "\r\n";
  }

  private static void assertProblem(
      RawRequest.Answer answer, int status, String code, String request) {
    assertThat(answer.head()).as(request).contains(" " + status + " ");
    assertThat(answer.contentType()).as(request).startsWith("application/problem+json");
    assertThat(answer.json().path("code").asString()).as(request).isEqualTo(code);
    assertThat(answer.json().path("detail").asString()).as(request).isNotBlank();
  }

  private void assertNothingLogged() {
    assertThat(log.warnings()).isEmpty();
  }
}
