package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.capture.Intake.Answer;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the native intake refuses: by name, a record alone, and never with the content.
class RefusedIntakeE2E {

  private static final String GOOD = "{\"type\": \"user_event\", \"event_type\": \"good\"}";

  private static Intake intake;

  @BeforeAll
  static void start() {
    intake = new Intake();
  }

  @AfterAll
  static void stop() {
    intake.close();
  }

  @Test
  void batch_noOrWrongKey_is401() {
    byte[] body = "[]".getBytes(UTF_8);
    String revoked = intake.secretKey().replace("tm_secret", "tm_write");

    assertProblem(intake.send("/api/v1/batch", body), 401, "key_missing");
    assertProblem(
        intake.send("/api/v1/batch", body, "Authorization", "Bearer nonsense"), 401, "key_unknown");
    assertProblem(
        intake.send("/api/v1/batch", body, "Authorization", "Bearer " + revoked),
        401,
        "key_unknown");
    assertProblem(intake.send("/api/v1/batch?key=%00", body), 400, "invalid_parameter");
  }

  @Test
  void batch_readKey_is403() {
    String key = intake.server().key(KeyKind.READ);

    assertProblem(
        intake.send("/api/v1/batch", "[]".getBytes(UTF_8), "Authorization", "Bearer " + key),
        403,
        "key_may_not");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | malformed_json |",
        "hush | malformed_json |",
        "[{\"type\": hush}] | malformed_json |",
        "[{}] [{}] | malformed_json |",
        "[] | no_records |",
        "{\"records\": []} | no_records |",
        "{\"record\": []} | invalid_parameter | records",
        "{\"records\": \"hush\"} | invalid_parameter | records",
        "{\"records\": [{}], \"sent_at\": \"hush\"} | invalid_parameter | sent_at",
        "{\"records\": [{}], \"sent_at\": 1700000000} | invalid_parameter | sent_at",
      })
  void batch_bodyNotUnderstood_is400(String body, String code, String field) {
    Answer answer = intake.post(body);

    assertProblem(answer, 400, code);
    assertThat(answer.body().path("field").asString("")).isEqualTo(field == null ? "" : field);
  }

  /// Of what is no JSON, what many programs write for a number that is none costs one record alone.
  @ParameterizedTest
  @CsvSource({
    "'\"value\": NaN', invalid_field, value",
    "'\"value\": -Infinity', invalid_field, value",
    "'\"value\": 1, \"properties\": {\"hush\": NaN}', invalid_text, properties",
    "'\"value\": 1, \"properties\": {\"hush\": [1, {\"a\": Infinity}]}', invalid_text, properties",
  })
  void batch_notANumber_refusesItsRecordAlone(String fields, String code, String field) {
    String metric =
        "{\"type\": \"performance_metric\", \"metric\": \"hush\", %s}".formatted(fields);

    Answer answer = intake.post("[%s, %s, %s]".formatted(GOOD, metric, GOOD));

    assertThat(answer.counts()).containsExactly(2, 0, 1);
    assertThat(answer.results()).containsExactly("1 rejected " + code);
    assertThat(answer.body().at("/results/0/detail").asString()).startsWith(field + " must");
    assertThat(answer.whole().body()).doesNotContain("hush");
  }

  @Test
  void batch_notJson_isToldWithThePlaceOfTheRecord() {
    Answer answer = intake.post("[%s, {\"type\": hush}, %s]".formatted(GOOD, GOOD));

    assertProblem(answer, 400, "malformed_json");
    assertThat(answer.body().path("detail").asString())
        .contains("line 1, column", "the record with index 1", "nothing was stored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "ISO-8859-1"})
  void batch_notUtf8_is400(String encoding) {
    byte[] body =
        "[{\"type\": \"user_event\", \"event_type\": \"é\", \"properties\": {\"a\": 1}}]"
            .getBytes(Charset.forName(encoding));

    assertProblem(intake.post(body, "application/json"), 400, "malformed_json");
  }

  @Test
  void batch_brokenGzip_is400() {
    byte[] zipped = Intake.gzip(("[" + GOOD + "]").getBytes(UTF_8));

    assertProblem(
        intake.post(Arrays.copyOf(zipped, zipped.length - 5), "application/json"),
        400,
        "malformed_gzip");
  }

  @Test
  void batch_overALimit_is413() {
    byte[] tenMegabytes = new byte[10 * 1024 * 1024];
    byte[] bomb = Intake.gzip(new byte[200 * 1024 * 1024]);
    String many = "[" + (GOOD + ",").repeat(10_000) + GOOD + "]";

    assertProblem(intake.post(tenMegabytes, "application/json"), 413, "body_too_large");
    assertProblem(intake.post(bomb, "application/json"), 413, "body_too_large");
    assertProblem(
        intake.post(Intake.gzip(many.getBytes(UTF_8)), "application/json"),
        413,
        "too_many_records");
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body().path("detail").asString()).isNotBlank();
    assertThat(answer.whole().body()).doesNotContain("hush");
  }
}
