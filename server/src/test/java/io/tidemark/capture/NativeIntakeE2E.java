package io.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.capture.Intake.Answer;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the native intake takes, from the key to the row.
class NativeIntakeE2E {

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

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
  void batch_oneEvent_isStored() {
    Answer answer =
        intake.postWithWriteKey(
            """
            {"records": [{"type": "user_event", "event_type": "one", "user_id": "u-1"}]}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.whole().body())
        .isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":0,\"results\":[]}");
    assertThat(intake.count("SELECT count(*) FROM user_event WHERE event_type = 'one'"))
        .isEqualTo(1);
  }

  @Test
  void batch_eventWithEveryField_isStoredColumnByColumn() {
    intake.post(
        """
        {"records": [{"type": "user_event", "id": "event-whole", "timestamp": "%s", "user_id": "user-1", "anonymous_id": "a",
          "session_id": "session-1", "event_type": "page_view", "page": "/péage/😀", "properties": {"a": [1, "b"], "é": null}}]}
        """
            .formatted(now));

    assertThat(person("user_id = 'user-1'"))
        .contains(entry("anonymous_id", null), entry("subscription_tier", null));
    assertThat(fact("user_event", "page = '/péage/😀'"))
        .contains(
            entry("ts", Timestamp.from(now)),
            entry("person", "user-1"),
            entry("session_id", "session-1"),
            entry("event_type", "page_view"),
            entry("said", "{\"a\": [1, \"b\"], \"é\": null}"));
  }

  @Test
  void batch_funnelStepWithEveryField_isStoredColumnByColumn() {
    intake.post(
        """
        [{"type": "conversion_funnel", "id": "step-whole", "timestamp": "%s", "anonymous_id": "anonymous-2", "session_id": "s2",
          "step": "image_upload", "effect_id": "effect-whole", "properties": {}}]
        """
            .formatted(now));

    assertThat(fact("conversion_funnel", "effect_id = 'effect-whole'"))
        .contains(
            entry("ts", Timestamp.from(now)),
            entry("person", "anonymous-2"),
            entry("session_id", "s2"),
            entry("step", "image_upload"),
            entry("said", "{}"));
  }

  @Test
  void batch_metricWithEveryField_isStoredColumnByColumn() {
    intake.post(
        """
        [{"type": "performance_metric", "timestamp": "%s", "user_id": "user-3", "session_id": "s3", "metric": "metric-whole",
          "value": -12.5e-1, "unit": "ms", "page": "/p", "properties": {"n": 1e300}}]
        """
            .formatted(now));

    assertThat(fact("performance_metric", "type = 'metric-whole'"))
        .contains(
            entry("ts", Timestamp.from(now)),
            entry("person", "user-3"),
            entry("session_id", "s3"),
            entry("value", -1.25),
            entry("unit", "ms"),
            entry("page", "/p"));
  }

  @Test
  void batch_apiCallWithEveryField_isStoredColumnByColumn() {
    intake.post(
        """
        [{"type": "api_response_time", "timestamp": "%s", "user_id": "user-4", "session_id": "s4", "endpoint": "/whole",
          "method": "post", "status_code": 503, "response_time_ms": 0.25, "cache_hit": false, "properties": {"a": true}}]
        """
            .formatted(now));

    assertThat(fact("api_response_time", "endpoint = '/whole'"))
        .contains(
            entry("ts", Timestamp.from(now)),
            entry("person", "user-4"),
            entry("session_id", "s4"),
            entry("method", "POST"),
            entry("status_code", 503),
            entry("response_time_ms", 0.25),
            entry("cache_hit", false),
            entry("said", "{\"a\": true}"));
  }

  @Test
  void batch_factWithRequiredFieldsAlone_leavesTheOthersNull() {
    intake.post(
        """
        [{"type": "api_response_time", "endpoint": "/bare", "method": "GET", "status_code": 100, "response_time_ms": 0}]
        """);

    assertThat(fact("api_response_time", "endpoint = '/bare'"))
        .contains(
            entry("person", null),
            entry("session_id", null),
            entry("cache_hit", null),
            entry("said", null));
  }

  @Test
  void batch_users_areMergedTheNewestHolds() {
    String user =
        "{\"type\": \"user\", \"user_id\": \"user-5\", \"timestamp\": \"%s\", \"subscription_tier\": %s, \"traits\": %s}";

    intake.post(
        List.of(
                user.formatted(now, "\"pro\"", "{\"a\": 1, \"b\": 1}"),
                user.formatted(now.plusSeconds(1), "null", "{\"b\": 2}"),
                user.formatted(now.minusSeconds(1), "\"old\"", "{\"a\": 0}"))
            .toString());

    assertThat(person("user_id = 'user-5'"))
        .contains(entry("subscription_tier", "pro"), entry("traits", "{\"a\": 1, \"b\": 2}"));
  }

  @Test
  void batch_subscriptions_theNewestHolds() {
    String subscription =
        "{\"type\": \"subscription\", \"id\": \"sub-1\", \"user_id\": \"user-6\", \"timestamp\": \"%s\", %s}";

    intake.post(
        List.of(
                subscription.formatted(
                    now,
                    "\"tier\": \"pro\", \"price\": 9.99, \"currency\": \"EUR\", \"status\": \"ACTIVE\", \"started_at\": \"2020-02-29T00:00:00Z\""),
                subscription.formatted(
                    now.plusSeconds(1),
                    "\"status\": \"CANCELED\", \"ended_at\": \"2026-01-01T00:00:00+01:00\""),
                subscription.formatted(now.minusSeconds(1), "\"status\": \"TRIAL\""))
            .toString());

    assertThat(
            intake.row(
                "SELECT s.*, user_id FROM subscription s JOIN app_user USING (user_key) WHERE subscription_id = 'sub-1'"))
        .contains(
            entry("user_id", "user-6"),
            entry("tier", "pro"),
            entry("price", new BigDecimal("9.99")),
            entry("currency", "EUR"),
            entry("status", "CANCELED"),
            entry("started_at", Timestamp.from(Instant.parse("2020-02-29T00:00:00Z"))),
            entry("ended_at", Timestamp.from(Instant.parse("2025-12-31T23:00:00Z"))));
  }

  @Test
  void batch_charactersBeyondTheBasicPlane_arriveWhole() {
    String person = "👩🏽‍🚀".repeat(10);

    intake.post(
        "[{\"type\": \"user_event\", \"event_type\": \"𝔘\", \"id\": \"%1$s\", \"user_id\": \"%1$s\", \"properties\": {\"%1$s\": \"\\ud83d\\ude00\"}}]"
            .formatted(person));

    assertThat(fact("user_event", "event_type = '𝔘'"))
        .contains(entry("person", person), entry("said", "{\"" + person + "\": \"😀\"}"));
  }

  private static Map<String, Object> fact(String table, String condition) {
    return intake.row(
        "SELECT f.*, coalesce(user_id, anonymous_id) AS person, properties::text AS said FROM %s f LEFT JOIN app_user USING (user_key) WHERE %s"
            .formatted(table, condition));
  }

  private static Map<String, Object> person(String condition) {
    return intake.row(
        "SELECT user_id, anonymous_id, subscription_tier, traits::text AS traits FROM app_user WHERE "
            + condition);
  }
}
