package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.capture.Intake.Answer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms that a request to the native intake may have.
class NativeIntakeFormsE2E {

  private static Intake intake;

  @BeforeAll
  static void start() {
    intake = new Intake();
  }

  @AfterAll
  static void stop() {
    intake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "application/xml",
        "nonsense"
      })
  void batch_arrayUnderAnyContentType_isReadAsJson(String contentType) {
    assertThat(intake.post(events(1), contentType).counts()).containsExactly(1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-ndjson",
        "application/x-ndjson; charset=utf-8",
        "Application/X-NDJSON"
      })
  void batch_lines_eachIsARecord(String contentType) {
    String event = "{\"type\": \"user_event\", \"event_type\": \"line\"}";

    Answer answer =
        intake.post((event + "\n\n" + "no json\r\n" + event).getBytes(UTF_8), contentType);

    assertThat(answer.counts()).containsExactly(2, 0, 1);
    assertThat(answer.results()).containsExactly("1 rejected malformed_json");
  }

  @Test
  void batch_gzip_isRecognisedWithAndWithoutItsHeader() {
    byte[] zipped = Intake.gzip(events(3));

    Answer named =
        intake.send(
            "/api/v1/batch",
            zipped,
            "Authorization",
            "Bearer " + intake.secretKey(),
            "Content-Encoding",
            "gzip");
    Answer unnamed = intake.post(zipped, "application/json");
    Answer onlyNamed =
        intake.send(
            "/api/v1/batch",
            events(1),
            "Authorization",
            "Bearer " + intake.secretKey(),
            "Content-Encoding",
            "gzip");

    assertThat(named.counts()).containsExactly(3, 0, 0);
    assertThat(unnamed.counts()).containsExactly(3, 0, 0);
    assertThat(onlyNamed.counts()).containsExactly(1, 0, 0);
  }

  @Test
  void batch_keyInHeaderOrAddress_opens() {
    String key = intake.writeKey();
    String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(UTF_8));

    List<Answer> answers =
        List.of(
            intake.send("/api/v1/batch", events(1), "Authorization", "Bearer " + key),
            intake.send("/api/v1/batch", events(1), "authorization", "bearer " + key),
            intake.send("/api/v1/batch", events(1), "Authorization", "Basic " + basic),
            intake.send("/api/v1/batch?key=" + key, events(1), "Content-Type", "text/plain"));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
  }

  @Test
  void batch_largestBody_isStored() {
    byte[] body = events(10_000);

    Answer answer = intake.post(body, "application/json");

    assertThat(answer.counts()).containsExactly(10_000, 0, 0);
  }

  private static byte[] events(int count) {
    String event = "{\"type\": \"user_event\", \"event_type\": \"many\"}";
    return ("[" + (event + ",").repeat(count - 1) + event + "]").getBytes(UTF_8);
  }
}
