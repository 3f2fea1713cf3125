package io.tidemark.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {

  private static final Instant AT = Instant.parse("2026-07-15T12:00:00.123456Z");
  private static final FactOrigin BARE = new FactOrigin(AT, null, null, null, null);
  private static final FactOrigin FULL =
      new FactOrigin(
          AT,
          new RecordIdentity(AT.minusSeconds(7), Long.MIN_VALUE),
          Person.anonymous("ä\"\\\u0001\uD83D\uDE00"),
          "s",
          "{\"a\": [1.50, null, \"\\u0001\"]}");

  static Stream<CapturedRecord> records() {
    return Stream.of(
        new UserEvent(BARE, "click", null),
        new UserEvent(FULL, "click", "/p\n"),
        new FunnelStep(BARE, "visit", null),
        new FunnelStep(FULL, "visit", "effect"),
        new MetricSample(BARE, "m", -0.0, null, null),
        new MetricSample(FULL, "m", 1.7976931348623157e308, "ms", "/p"),
        new MetricSample(FULL, "m", 0.1, "ms", "/p"),
        new ApiCall(BARE, "/e", "GET", 599, null, null),
        new ApiCall(FULL, "/e", "GET", 100, 12.25, true),
        new PersonDescription(AT, null, Person.user("u"), null, null),
        new PersonDescription(
            AT, new RecordIdentity(null, -1, AT), Person.user("u"), "pro", "{\"a\": 1}"),
        new SubscriptionState(AT, "s", Person.user("u"), null, null, null, null, null, null),
        new SubscriptionState(
            AT,
            "s",
            Person.user("u"),
            "pro",
            new BigDecimal("9.90"),
            "EUR",
            "ACTIVE",
            AT,
            Instant.parse("9999-12-31T23:59:59.999999999Z")));
  }

  @ParameterizedTest
  @MethodSource("records")
  void decode_encoded_isTheSame(CapturedRecord captured) {
    assertThat(RecordCodec.decode(RecordCodec.encode(captured))).isEqualTo(captured);
  }

  @ParameterizedTest
  @MethodSource("records")
  void encode_isOneLine(CapturedRecord captured) {
    assertThat(new String(RecordCodec.encode(captured), StandardCharsets.UTF_8))
        .doesNotContain("\n");
  }

  @Test
  void decode_ofAnEarlierVersion_isRead() {
    String kept =
        """
        {"type":"user_event","origin":{"at":"2026-07-15T12:00:00.123456Z","identity":{"sentAt":"2026-07-15T12:00:00.123456Z","idHash":7},"person":{"isKnown":true,"id":"u"},"sessionId":"s"},"eventType":"click","page":"/p"}
        """;

    assertThat(RecordCodec.decode(kept.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new UserEvent(
                new FactOrigin(AT, new RecordIdentity(AT, 7), Person.user("u"), "s", null),
                "click",
                "/p"));
  }
}
