package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {

  private static final Instant NOW = Instant.parse("2026-03-14T15:09:26.535Z");
  private static final Duration DAY = Duration.ofHours(24);

  @Test
  void of_nothingAsked_isTheSpanBeforeNowInWholeHours() {
    assertThat(TimeRange.of(null, null, DAY, NOW))
        .isEqualTo(range("2026-03-13T15:00:00Z", "2026-03-14T16:00:00Z"));
  }

  @Test
  void of_nothingAskedAndAShortSpan_isTheSpanBeforeNow() {
    assertThat(TimeRange.of(null, null, Duration.ofHours(1), NOW))
        .isEqualTo(range("2026-03-14T14:09:00Z", "2026-03-14T15:10:00Z"));
  }

  @Test
  void of_endOnly_isTheSpanBeforeIt() {
    assertThat(TimeRange.of(null, "2026-01-02T00:00:00Z", DAY, NOW))
        .isEqualTo(range("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
  }

  @Test
  void of_startOnly_endsWithThisHour() {
    assertThat(TimeRange.of("2026-03-01T00:00:30Z", null, DAY, NOW))
        .isEqualTo(range("2026-03-01T00:00:00Z", "2026-03-14T16:00:00Z"));
  }

  @Test
  void of_otherOffsets_areTheSameInstants() {
    assertThat(TimeRange.of("2026-03-01T00:00:00+05:30", "2026-03-02T00:00:00-03:30", DAY, NOW))
        .isEqualTo(range("2026-02-28T18:30:00Z", "2026-03-02T03:30:00Z"));
  }

  @Test
  void of_lessThanAMinute_isWidenedToAMinute() {
    assertThat(TimeRange.of("2026-03-01T00:00:59.999999999Z", "2026-03-01T00:01:00Z", DAY, NOW))
        .isEqualTo(range("2026-03-01T00:00:00Z", "2026-03-01T00:01:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T00:00:00Z, 2026-03-01T00:00:00Z",
    "2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "1970-01-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "1969-12-31T23:59:59Z, 1970-03-01T00:00:00Z",
    "2026-03-01, 2026-03-02T00:00:00Z",
    "2026-03-01T00:00:00, 2026-03-02T00:00:00Z",
    "yesterday, 2026-03-02T00:00:00Z"
  })
  void of_noRange_isRefusedByName(String from, String to) {
    assertThatThrownBy(() -> TimeRange.of(from, to, DAY, NOW))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.field()).isEqualTo("from"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2100-01-01T00:00:01Z", "+999999999-12-31T23:59:59Z", "", "now"})
  void of_wrongEnd_isRefusedByName(String to) {
    assertThatThrownBy(() -> TimeRange.of("2099-03-01T00:00:00Z", to, DAY, NOW))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.field()).isEqualTo("to"));
  }

  @Test
  void widenedTo_wholeUnits_staysAsItIs() {
    TimeRange days = range("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");

    assertThat(days.widenedTo(ChronoUnit.DAYS)).isEqualTo(days);
    assertThat(days.widenedTo(ChronoUnit.MINUTES)).isEqualTo(days);
  }

  @Test
  void widenedTo_partsOfUnits_holdsThemWhole() {
    assertThat(
            range("2026-03-01T00:00:00.000001Z", "2026-03-02T00:00:00.000001Z")
                .widenedTo(ChronoUnit.HOURS))
        .isEqualTo(range("2026-03-01T00:00:00Z", "2026-03-02T01:00:00Z"));
  }

  private static TimeRange range(String from, String to) {
    return new TimeRange(Instant.parse(from), Instant.parse(to));
  }
}
