package io.tidemark.capture.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimestampTest {

  @Test
  void parse_timeZones_areTakenIntoAccount() {
    assertThat(LogTimestamp.parse("17/May/2015:10:05:03 +0530", 0))
        .contains(Instant.parse("2015-05-17T04:35:03Z"));
    assertThat(LogTimestamp.parse("31/Dec/2015:23:30:00 -0800", 0))
        .contains(Instant.parse("2016-01-01T07:30:00Z"));
    assertThat(LogTimestamp.parse("29/Feb/2016:00:00:00 +0000", 0))
        .contains(Instant.parse("2016-02-29T00:00:00Z"));
  }

  @Test
  void parse_monthsAreEnglish_whateverTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));

      assertThat(LogTimestamp.parse("01/Dec/2015:00:00:00 +0000", 0))
          .contains(Instant.parse("2015-12-01T00:00:00Z"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "31/Feb/2015:10:05:03 +0000",
        "00/May/2015:10:05:03 +0000",
        "17/Mai/2015:10:05:03 +0000",
        "17/anF/2015:10:05:03 +0000",
        "17/May/2015:24:05:03 +0000",
        "17/May/2015:10:60:03 +0000",
        "17/May/2015:10:05:60 +0000",
        "17/May/2015:10:05:03 +9900",
        "17/May/2015:10:05:03 +0061",
        "17/May/2015 10:05:03 +0000",
        "2015-05-17T10:05:03+00:00",
        "-"
      })
  void parse_noTime_isEmpty(String time) {
    assertThat(LogTimestamp.parse(time, 0)).isEmpty();
  }
}
