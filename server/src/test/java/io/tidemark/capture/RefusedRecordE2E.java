package io.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.capture.Intake.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The records that the native intake refuses: each alone, by name, and without its content.
class RefusedRecordE2E {

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17 | not_an_object",
        "{\"event_type\": \"hush\"} | missing_field",
        "{\"type\": \"hush\"} | unknown_type",
        "{\"type\": [\"user_event\"]} | invalid_field",
        "{\"type\": \"user_event\"} | missing_field",
        "{\"type\": \"user_event\", \"event_type\": 7} | invalid_field",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"timestamp\": \"hush\"} | invalid_field",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"timestamp\": 1700000000} | invalid_field",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": \"hush\"} | invalid_field",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"hush\": \"\\u0000\"}} | invalid_text",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"hush\": \"\\ud800\"}} | invalid_text",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"hush\": 1e400}} | invalid_text",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"hush\": 1e-20000}} | invalid_text",
        "{\"type\": \"user_event\", \"event_type\": \"hush\\u0000\"} | invalid_text",
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"user_id\": \"hush\\udfff\"} | invalid_text",
        "{\"type\": \"performance_metric\", \"metric\": \"a\", \"value\": 1e400} | invalid_field",
        "{\"type\": \"performance_metric\", \"metric\": \"a\", \"value\": 1.7e308} | invalid_field",
        "{\"type\": \"performance_metric\", \"metric\": \"a\", \"value\": \"hush\"} | invalid_field",
        "{\"type\": \"api_response_time\", \"endpoint\": \"a\", \"method\": \"a\", \"status_code\": 99, \"response_time_ms\": 1} | invalid_field",
        "{\"type\": \"api_response_time\", \"endpoint\": \"a\", \"method\": \"a\", \"status_code\": 600, \"response_time_ms\": 1} | invalid_field",
        "{\"type\": \"api_response_time\", \"endpoint\": \"a\", \"method\": \"a\", \"status_code\": 200.5, \"response_time_ms\": 1} | invalid_field",
        "{\"type\": \"api_response_time\", \"endpoint\": \"a\", \"method\": \"a\", \"status_code\": 200, \"response_time_ms\": -1} | invalid_field",
        "{\"type\": \"api_response_time\", \"endpoint\": \"a\", \"method\": \"a\", \"status_code\": 200, \"response_time_ms\": 1, \"cache_hit\": \"yes\"} | invalid_field",
        "{\"type\": \"user\"} | missing_field",
        "{\"type\": \"subscription\", \"user_id\": \"a\"} | missing_field",
        "{\"type\": \"subscription\", \"user_id\": \"a\", \"id\": \"a\", \"price\": 1e-999999999} | invalid_field",
      })
  void batch_badRecord_isRefusedAloneWithoutItsContent(String record, String code) {
    Answer answer = intake.post("[" + GOOD + "," + record + "," + GOOD + "]");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.counts()).containsExactly(2, 0, 1);
    assertThat(answer.results()).containsExactly("1 rejected " + code);
    assertThat(answer.whole().body()).doesNotContain("hush");
  }

  @Test
  void batch_largeOrDeepRecord_isRefusedAlone() {
    String tooLarge =
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"other\": \"%s\"}"
            .formatted("x".repeat(33 * 1024));
    String tooDeep =
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": %s%s}}"
            .formatted("[".repeat(5_000), "]".repeat(5_000));
    String longNumber =
        "{\"type\": \"user_event\", \"event_type\": \"a\", \"properties\": {\"a\": %s}}"
            .formatted("7".repeat(20_000));

    Answer answer =
        intake.post(List.of(GOOD, tooLarge, GOOD, tooDeep, GOOD, longNumber, GOOD).toString());

    assertThat(answer.counts()).containsExactly(4, 0, 3);
    assertThat(answer.results())
        .containsExactly(
            "1 rejected record_too_large", "3 rejected invalid_field", "5 rejected invalid_text");
  }

  @Test
  void batch_fieldNotOfTheType_isLeftOutWithAWarning() {
    Answer answer =
        intake.post(
            """
            [{"type": "user_event", "event_type": "warned", "colour": {"a": 1}, "id": "w-1"},
             {"type": "user_event", "event_type": "warned", "value": "12"}]
            """);

    assertThat(answer.counts()).containsExactly(2, 0, 0);
    assertThat(answer.results())
        .containsExactly("0 accepted unknown_field", "1 accepted unknown_field");
    assertThat(answer.body().at("/results/0/id").asString()).isEqualTo("w-1");
    assertThat(answer.body().at("/results/1/detail").asString()).contains("value");
    assertThat(intake.count("SELECT count(*) FROM user_event WHERE event_type = 'warned'"))
        .isEqualTo(2);
  }

  @Test
  void batch_timeOutOfBounds_isRefused() {
    Instant now = Instant.now();

    assertThat(intake.post(at("user_event", now.plus(Duration.ofHours(25)))).results())
        .containsExactly("0 rejected timestamp_in_future");
    assertThat(intake.post(at("user_event", now.minus(Duration.ofDays(367)))).results())
        .containsExactly("0 rejected timestamp_too_old");
    assertThat(intake.post(at("user_event", now.minus(Duration.ofDays(360)))).counts())
        .containsExactly(1, 0, 0);
  }

  @Test
  void batch_writeKey_mayNeitherBackdateNorRecordSubscriptions() {
    Instant now = Instant.now();

    assertThat(intake.postWithWriteKey(at("user_event", now.minus(Duration.ofHours(25)))).results())
        .containsExactly("0 rejected timestamp_backdated");
    assertThat(intake.postWithWriteKey(at("user_event", now.minus(Duration.ofHours(23)))).counts())
        .containsExactly(1, 0, 0);
    assertThat(
            intake
                .postWithWriteKey(
                    "[{\"type\": \"subscription\", \"id\": \"a\", \"user_id\": \"a\"}]")
                .results())
        .containsExactly("0 rejected key_may_not");
  }

  @Test
  void batch_onlyBadRecords_isStill200AndCountedInTheRejectLog() {
    Answer answer = intake.post("[{\"type\": \"nothing like it\"}, 17]");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.counts()).containsExactly(0, 0, 2);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            intake.count(
                    "SELECT count(*) FROM refusal WHERE code IN ('unknown_type', 'not_an_object')")
                >= 2);
    assertThat(intake.count("SELECT count(*) FROM refusal WHERE refusal::text LIKE '%hush%'"))
        .isZero();
  }

  @Test
  void batch_largestNumbers_doNotStopTheRollups() {
    String call =
        "{\"type\": \"api_response_time\", \"endpoint\": \"/slow\", \"method\": \"GET\", \"status_code\": 200, \"response_time_ms\": 1e30}";
    String sample = "{\"type\": \"performance_metric\", \"metric\": \"large\", \"value\": -1e30}";

    intake.post(List.of(call, call, call, sample, sample, sample).toString());

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            intake.count(
                        "SELECT coalesce(sum(requests), 0) FROM api_rollup WHERE grain = 'day' AND endpoint = '/slow'")
                    == 3
                && intake.count(
                        "SELECT coalesce(sum(samples), 0) FROM metric_rollup WHERE grain = 'day' AND type = 'large'")
                    == 3);
  }

  private static String at(String type, Instant at) {
    return "[{\"type\": \"%s\", \"event_type\": \"timed\", \"timestamp\": \"%s\"}]"
        .formatted(type, at);
  }
}
