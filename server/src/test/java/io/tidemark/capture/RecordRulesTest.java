package io.tidemark.capture;

import static io.tidemark.capture.Judge.NOW;
import static io.tidemark.capture.Judge.accepted;
import static io.tidemark.capture.Judge.code;
import static io.tidemark.capture.Judge.detail;
import static io.tidemark.capture.Judge.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRulesTest {

  @Test
  void judge_event_keepsEveryField() {
    CapturedRecord event =
        accepted(
            judge(
                """
                {"type": "user_event", "id": "e-1", "timestamp": "2026-07-15T11:00:00Z", "user_id": "u", "session_id": "s",
                 "event_type": "page_view", "page": "/p", "properties": { "b":1,  "a":"é" }}
                """));

    Instant at = Instant.parse("2026-07-15T11:00:00Z");
    assertThat(event)
        .isEqualTo(
            new UserEvent(
                new FactOrigin(
                    at,
                    RecordIdentity.of("e-1", at),
                    Person.user("u"),
                    "s",
                    "{ \"b\":1,  \"a\":\"é\" }"),
                "page_view",
                "/p"));
  }

  @Test
  void judge_apiCall_methodIsUpperCase() {
    ApiCall call = (ApiCall) accepted(judge(apiCall("200", "0")));

    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.responseTimeMillis()).isZero();
    assertThat(call.cacheHit()).isNull();
  }

  @Test
  void judge_userAndSubscription_keepTheirFields() {
    PersonDescription user =
        (PersonDescription)
            accepted(
                judge(
                    "{\"type\": \"user\", \"user_id\": \"u\", \"subscription_tier\": \"pro\", \"traits\": {\"a\": 1}}"));
    SubscriptionState subscription =
        (SubscriptionState)
            accepted(
                judge(
                    """
                    {"type": "subscription", "id": "s", "user_id": "u", "tier": "pro", "price": 9.990, "currency": "EUR",
                     "status": "ACTIVE", "started_at": "2020-01-01T00:00:00+01:00", "ended_at": null}
                    """));

    assertThat(user)
        .isEqualTo(new PersonDescription(NOW, null, Person.user("u"), "pro", "{\"a\": 1}"));
    assertThat(subscription)
        .isEqualTo(
            new SubscriptionState(
                NOW,
                "s",
                Person.user("u"),
                "pro",
                new BigDecimal("9.990"),
                "EUR",
                "ACTIVE",
                Instant.parse("2019-12-31T23:00:00Z"),
                null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EUR", "eur", "Eur", " eur", "eur\\t", "\u00a0EUR\u00a0", "\\n eUR "})
  void judge_currency_isInCapitalsWithoutBlanks(String currency) {
    assertThat(subscription("currency", currency).currency()).isEqualTo("EUR");
  }

  @Test
  void judge_status_isWithoutBlanksAndNoneIfNothingIsLeft() {
    assertThat(subscription("status", " past due ").status()).isEqualTo("past due");
    assertThat(subscription("status", " \u00a0").status()).isNull();
    assertThat(subscription("status", "").status()).isNull();
  }

  private static SubscriptionState subscription(String field, String value) {
    return (SubscriptionState)
        accepted(
            judge(
                "{\"type\": \"subscription\", \"id\": \"s\", \"user_id\": \"u\", \"%s\": \"%s\"}"
                    .formatted(field, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | missing_field | type",
        "{\"type\": \"\"} | invalid_field | type",
        "{\"type\": \"page_view\"} | unknown_type | type",
        "{\"type\": \"user_event\"} | missing_field | event_type",
        "{\"type\": \"user_event\", \"event_type\": null} | missing_field | event_type",
        "{\"type\": \"user_event\", \"event_type\": \"\"} | invalid_field | event_type",
        "{\"type\": \"conversion_funnel\"} | missing_field | step",
        "{\"type\": \"performance_metric\", \"value\": 1} | missing_field | metric",
        "{\"type\": \"performance_metric\", \"metric\": \"m\"} | missing_field | value",
        "{\"type\": \"performance_metric\", \"metric\": \"m\", \"value\": \"1\"} | invalid_field | value",
        "{\"type\": \"performance_metric\", \"metric\": \"m\", \"value\": 1e31} | invalid_field | value",
        "{\"type\": \"api_response_time\", \"method\": \"GET\", \"status_code\": 200, \"response_time_ms\": 1} | missing_field | endpoint",
        "{\"type\": \"api_response_time\", \"endpoint\": \"/\", \"status_code\": 200, \"response_time_ms\": 1} | missing_field | method",
        "{\"type\": \"user\"} | missing_field | user_id",
        "{\"type\": \"user\", \"user_id\": \"\"} | invalid_field | user_id",
        "{\"type\": \"user\", \"user_id\": \"u\", \"traits\": []} | invalid_field | traits",
        "{\"type\": \"subscription\", \"user_id\": \"u\"} | missing_field | id",
        "{\"type\": \"subscription\", \"id\": \"\", \"user_id\": \"u\"} | invalid_field | id",
        "{\"type\": \"subscription\", \"id\": \"s\"} | missing_field | user_id",
        "{\"type\": \"subscription\", \"id\": \"s\", \"user_id\": \"u\", \"price\": -0.01} | invalid_field | price",
        "{\"type\": \"subscription\", \"id\": \"s\", \"user_id\": \"u\", \"ended_at\": \"soon\"} | invalid_field | ended_at",
        "{\"type\": \"subscription\", \"id\": \"s\", \"user_id\": \"u\", \"currency\": \"\"} | invalid_field | currency",
        "{\"type\": \"subscription\", \"id\": \"s\", \"user_id\": \"u\", \"currency\": \" \\t \"} | invalid_field | currency",
      })
  void judge_fieldMissingOrWrong_saysWhich(String json, String code, String field) {
    CaptureOutcome outcome = judge(json);

    assertThat(code(outcome)).isEqualTo(code);
    assertThat(detail(outcome)).startsWith(field + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "600", "200.5", "-200", "1e3", "\"200\"", "null", "true"})
  void judge_statusCodeOutOfRange_isRefused(String status) {
    assertThat(detail(judge(apiCall(status, "1")))).startsWith("status_code ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.001", "1e31", "1e400", "\"1\"", "null"})
  void judge_responseTimeOutOfRange_isRefused(String millis) {
    assertThat(detail(judge(apiCall("200", millis)))).startsWith("response_time_ms ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "599", "2e2", "200.0"})
  void judge_statusCodeInRange_isAccepted(String status) {
    assertThat(judge(apiCall(status, "1"))).isInstanceOf(CaptureOutcome.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "-1e30", "1e30", "1e-300", "0.1", "0e0", "0E+0"})
  void judge_metricValueFinite_isKept(String value) {
    MetricSample sample =
        (MetricSample)
            accepted(
                judge(
                    "{\"type\": \"performance_metric\", \"metric\": \"m\", \"value\": %s}"
                        .formatted(value)));

    assertThat(sample.value()).isEqualTo(Double.parseDouble(value));
  }

  @Test
  void judge_fieldUnknownOrOfAnotherType_isLeftOutWithAWarning() {
    assertThat(
            warning("{\"type\": \"user_event\", \"event_type\": \"a\", \"colour\": {\"a\": []}}"))
        .contains("\"colour\"");
    assertThat(warning("{\"value\": \"fast\", \"type\": \"user_event\", \"event_type\": \"a\"}"))
        .contains("\"value\"");
    assertThat(warning("{\"type\": \"user_event\", \"event_type\": \"a\", \"status\": 200}"))
        .contains("\"status\"");
    assertThat(warning("{\"type\": \"user_event\", \"event_type\": \"a\", \"user_id\": null}"))
        .isEqualTo("null");
  }

  @Test
  void judge_unknownFieldWithALongName_namesItsFirstWholeCharacters() {
    String emoji = "😀";

    assertThat(
            warning(
                "{\"type\": \"user_event\", \"event_type\": \"a\", \"%s\": 1}"
                    .formatted(emoji.repeat(41))))
        .contains("\"" + emoji.repeat(40) + "…\"");
  }

  @ParameterizedTest
  @CsvSource({"id, 200", "user_id, 200", "session_id, 200", "event_type, 200", "page, 2000"})
  void judge_textOfTheLongestLength_isAcceptedAndOneMoreRefused(String field, int longest) {
    String record = "{\"event_type\": \"a\", \"type\": \"user_event\", \"%s\": \"%s\"}";

    assertThat(code(judge(record.formatted(field, "é".repeat(longest))))).isEqualTo("accepted");
    assertThat(code(judge(record.formatted(field, "😀".repeat(longest))))).isEqualTo("accepted");
    assertThat(detail(judge(record.formatted(field, "e".repeat(longest + 1)))))
        .startsWith(field + " ");
  }

  @Test
  void judge_idEmpty_countsAsNoId() {
    assertThat(
            accepted(judge("{\"type\": \"user_event\", \"event_type\": \"a\", \"id\": \"\"}"))
                .identity())
        .isNull();
  }

  @Test
  void judge_personNamed_userIdComesFirst() {
    assertThat(person("\"user_id\": \"u\", \"anonymous_id\": \"a\"")).isEqualTo(Person.user("u"));
    assertThat(person("\"user_id\": \"\", \"anonymous_id\": \"a\""))
        .isEqualTo(Person.anonymous("a"));
    assertThat(person("\"anonymous_id\": \"\"")).isNull();
  }

  @Test
  void judge_writeKey_mayNotRecordSubscriptions() {
    String subscription = "{\"type\": \"subscription\", \"id\": \"s\", \"user_id\": \"u\"}";

    assertThat(code(judge(subscription, Judge.writeKey()))).isEqualTo("key_may_not");
  }

  private static @Nullable Person person(String fields) {
    return accepted(judge(event(fields))).person();
  }

  private static String event(String fields) {
    return "{\"type\": \"user_event\", \"event_type\": \"a\", %s}".formatted(fields);
  }

  private static String apiCall(String status, String millis) {
    return "{\"type\": \"api_response_time\", \"endpoint\": \"/\", \"method\": \"get\", \"status_code\": %s, \"response_time_ms\": %s}"
        .formatted(status, millis);
  }

  private static String warning(String json) {
    CaptureOutcome outcome = judge(json);
    assertThat(outcome).isInstanceOf(CaptureOutcome.Accepted.class);
    return String.valueOf(((CaptureOutcome.Accepted) outcome).warning());
  }
}
