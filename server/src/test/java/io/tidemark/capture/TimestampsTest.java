package io.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
    "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z",
    "2026-03-01 12:00:00Z, 2026-03-01T12:00:00Z",
    "2026-03-01T12:00:00.1Z, 2026-03-01T12:00:00.1Z",
    "2026-03-01T12:00:00.123456999Z, 2026-03-01T12:00:00.123456Z",
    "2026-03-01T12:00:00.12345678987654321+00:00, 2026-03-01T12:00:00.123456Z",
    "2026-03-01T12:00:00+05:45, 2026-03-01T06:15:00Z",
    "2026-03-01T12:00:00-00:00, 2026-03-01T12:00:00Z",
    "2024-02-29T23:59:59-12:00, 2024-03-01T11:59:59Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "2099-12-31T23:59:59.999999999Z, 2099-12-31T23:59:59.999999Z",
  })
  void parse_rfc3339_isReadToTheMicrosecond(String text, Instant expected) throws CaptureRefusal {
    assertThat(Timestamps.parse("timestamp", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "1767225600",
        "2026-03-01",
        "2026-03-01T12:00:00",
        "2026-13-01T12:00:00Z",
        "2025-02-29T12:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:00:00+25:00",
        "2026-03-01T12:00:00.Z1",
        "+2026-03-01T12:00:00Z",
        "٢٠٢٦-03-01T12:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "2100-01-01T00:00:00Z",
        "-2026-03-01T12:00:00Z"
      })
  void parse_anythingElse_isRefusedWithoutItsContent(String text) {
    assertThatThrownBy(() -> Timestamps.parse("started_at", text))
        .isInstanceOfSatisfying(
            CaptureRefusal.class,
            refusal -> {
              assertThat(refusal.outcome().code()).isEqualTo("invalid_field");
              assertThat(refusal.outcome().detail())
                  .startsWith("started_at ")
                  .doesNotContain("secret");
            });
  }

  @Test
  void parse_plainForm_isReadAsTheFormatterReadsIt() throws CaptureRefusal {
    Random random = new Random(25);
    for (int i = 0; i < 20_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(0, Instant.parse("2100-01-01T00:00:00Z").getEpochSecond()),
              random.nextBoolean() ? random.nextInt(1_000_000_000) : 0);

      assertThat(Timestamps.parse("timestamp", instant.toString()))
          .isEqualTo(instant.truncatedTo(ChronoUnit.MICROS));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:00:60Z",
        "2026-03-01T12:00:00,5Z"
      })
  void parse_almostPlain_isRefused(String text) {
    assertThatThrownBy(() -> Timestamps.parse("timestamp", text))
        .isInstanceOf(CaptureRefusal.class);
  }
}
