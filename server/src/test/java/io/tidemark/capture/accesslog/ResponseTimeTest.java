package io.tidemark.capture.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.capture.accesslog.AccessLogLine.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTimeTest {

  private static final String LINE =
      "203.0.113.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 2326 \"-\" \"Firefox\"";

  @Test
  void parse_requestTimeOfNginx_isTheResponseTime() {
    assertThat(responseTimeMillis(" 0.123")).isEqualTo(123.0);
    assertThat(responseTimeMillis(" 12.000")).isEqualTo(12_000.0);
    assertThat(responseTimeMillis(" 0.123 0.100")).isEqualTo(123.0);
    assertThat(responseTimeMillis(" \"198.51.100.2, 1.234\" 0.005")).isEqualTo(5.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", " 123", " 3.42", " -", " \"0.123\"", " \"0.123", " .123", " 1e.123"})
  void parse_otherThingsAtTheEnd_areNoResponseTime(String end) {
    assertThat(responseTimeMillis(end)).isNull();
  }

  private static @Nullable Double responseTimeMillis(String end) {
    AccessLogLine said = new AccessLogParser().parse(LINE + end);
    assertThat(said).isInstanceOf(Request.class);
    return ((Request) said).responseTimeMillis();
  }
}
