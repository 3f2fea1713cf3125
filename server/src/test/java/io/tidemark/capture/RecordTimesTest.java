package io.tidemark.capture;

import static io.tidemark.capture.Judge.NOW;
import static io.tidemark.capture.Judge.accepted;
import static io.tidemark.capture.Judge.code;
import static io.tidemark.capture.Judge.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.RecordIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTimesTest {

  @Test
  void judge_clockBehind_correctsTheTimeButNotTheIdentity() {
    Instant said = NOW.minus(Duration.ofDays(400));
    CaptureContext context = Judge.writeKey(said.plusSeconds(2));

    CapturedRecord event =
        accepted(judge(event("\"id\": \"e\", \"timestamp\": \"%s\"".formatted(said)), context));

    assertThat(event.at()).isEqualTo(NOW.minusSeconds(2));
    assertThat(event.identity()).isEqualTo(RecordIdentity.of("e", said));
  }

  @Test
  void judge_clocksAgreeWithinSeconds_keepsTheTime() {
    Instant said = NOW.minusSeconds(60);

    CapturedRecord event =
        accepted(
            judge(
                event("\"timestamp\": \"%s\"".formatted(said)),
                Judge.writeKey(NOW.minusMillis(4_999))));

    assertThat(event.at()).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "user_event, 2025-07-15T12:00:00Z, 2025-07-15T11:59:59Z",
    "conversion_funnel, 2024-07-15T12:00:00Z, 2024-07-15T11:59:59Z",
    "performance_metric, 2026-01-15T12:00:00Z, 2026-01-15T11:59:59Z",
    "api_response_time, 2026-04-15T12:00:00Z, 2026-04-15T11:59:59Z",
  })
  void judge_olderThanDetailIsKept_isRefused(String type, String oldest, String older) {
    String record =
        """
        {"type": "%s", "timestamp": "%s", "event_type": "a", "step": "a", "metric": "a", "value": 1, "endpoint": "a",
         "method": "a", "status_code": 200, "response_time_ms": 1}
        """;

    assertThat(code(judge(record.formatted(type, oldest)))).isEqualTo("accepted");
    assertThat(code(judge(record.formatted(type, older)))).isEqualTo("timestamp_too_old");
  }

  @Test
  void judge_aheadOfArrival_isTakenUpToADay() {
    assertThat(code(judge(eventAt(NOW.plus(Duration.ofHours(24)))))).isEqualTo("accepted");
    assertThat(code(judge(eventAt(NOW.plus(Duration.ofHours(24)).plusSeconds(1)))))
        .isEqualTo("timestamp_in_future");
  }

  @Test
  void judge_writeKey_backdatesUpToADay() {
    Instant limit = NOW.minus(Duration.ofHours(24));

    assertThat(code(judge(eventAt(limit), Judge.writeKey()))).isEqualTo("accepted");
    assertThat(code(judge(eventAt(limit.minusSeconds(1)), Judge.writeKey())))
        .isEqualTo("timestamp_backdated");
    assertThat(code(judge(eventAt(limit.minusSeconds(1)), Judge.secretKey())))
        .isEqualTo("accepted");
  }

  private static String event(String fields) {
    return "{\"type\": \"user_event\", \"event_type\": \"a\", %s}".formatted(fields);
  }

  private static String eventAt(Instant at) {
    return event("\"timestamp\": \"%s\"".formatted(at));
  }
}
