package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {

  private static final Instant NOW = Instant.parse("2026-03-14T15:09:26.535Z");
  private static final TimeAgo DAY = TimeAgo.parse("-PT24H");

  @Test
  void of_nothingAsked_isTheSpanBeforeNow() {
    assertThat(of(null, null, "UTC", DAY))
        .isEqualTo(range("2026-03-13T15:09:00Z", "2026-03-14T15:10:00Z"));
  }

  @Test
  void of_endOnly_isTheSpanBeforeIt() {
    assertThat(of(null, "2026-01-02T00:00:00Z", "UTC", DAY))
        .isEqualTo(range("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
  }

  @Test
  void of_startOnly_endsWithThisMinute() {
    assertThat(of("2026-03-01T00:00:30Z", null, "UTC", DAY))
        .isEqualTo(range("2026-03-01T00:00:00Z", "2026-03-14T15:10:00Z"));
  }

  @Test
  void of_otherOffsets_areTheSameInstants() {
    assertThat(of("2026-03-01T00:00:00+05:30", "2026-03-02T00:00:00-03:30", "UTC", DAY))
        .isEqualTo(range("2026-02-28T18:30:00Z", "2026-03-02T03:30:00Z"));
  }

  @Test
  void of_lessThanAMinute_isWidenedToAMinute() {
    assertThat(of("2026-03-01T00:00:59.999999999Z", "2026-03-01T00:01:00Z", "UTC", DAY))
        .isEqualTo(range("2026-03-01T00:00:00Z", "2026-03-01T00:01:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T00:00:00Z, 2026-03-01T00:00:00Z",
    "2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "1970-01-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "1969-12-31T23:59:59Z, 1970-03-01T00:00:00Z",
    "2026-03-02, 2026-03-02T00:00:00Z",
    "2026-03-01T00:00:00, 2026-03-02T00:00:00Z",
    "yesterday, 2026-03-02T00:00:00Z"
  })
  void of_noRange_isRefusedByName(String from, String to) {
    assertThatThrownBy(() -> of(from, to, "UTC", DAY))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.field()).isEqualTo("from"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2100-01-01T00:00:01Z", "+999999999-12-31T23:59:59Z", "", "now"})
  void of_wrongEnd_isRefusedByName(String to) {
    assertThatThrownBy(() -> of("2099-03-01T00:00:00Z", to, "UTC", DAY))
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

  /// The rule of days: so many of the calendar, today included; the rule of hours: exactly so long.
  @ParameterizedTest
  @CsvSource({
    "-P7D, , UTC, 2026-03-08T00:00:00Z, 2026-03-14T15:10:00Z",
    "-P1W, , UTC, 2026-03-08T00:00:00Z, 2026-03-14T15:10:00Z",
    "-p7d, , UTC, 2026-03-08T00:00:00Z, 2026-03-14T15:10:00Z",
    "-P1D, , UTC, 2026-03-14T00:00:00Z, 2026-03-14T15:10:00Z",
    "-P1M, , UTC, 2026-02-15T00:00:00Z, 2026-03-14T15:10:00Z",
    "-P1M3D, , UTC, 2026-02-12T00:00:00Z, 2026-03-14T15:10:00Z",
    "-P1Y, , UTC, 2025-03-15T00:00:00Z, 2026-03-14T15:10:00Z",
    "-P7D, , Asia/Kolkata, 2026-03-07T18:30:00Z, 2026-03-14T15:10:00Z",
    "-P7D, , America/New_York, 2026-03-08T05:00:00Z, 2026-03-14T15:10:00Z",
    "-P8D, , America/New_York, 2026-03-07T05:00:00Z, 2026-03-14T15:10:00Z",
    "-P8D, -P1D, Europe/Berlin, 2026-03-06T23:00:00Z, 2026-03-13T23:00:00Z",
    "-P7D, , Pacific/Kiritimati, 2026-03-08T10:00:00Z, 2026-03-14T15:10:00Z",
    "-PT90M, , UTC, 2026-03-14T13:39:00Z, 2026-03-14T15:10:00Z",
    "-PT168H, , Europe/Berlin, 2026-03-07T15:09:00Z, 2026-03-14T15:10:00Z",
    "-P1DT12H, , UTC, 2026-03-13T03:09:00Z, 2026-03-14T15:10:00Z",
    "-P1WT1.5S, , UTC, 2026-03-07T15:09:00Z, 2026-03-14T15:10:00Z",
    "-P7DT0H, , UTC, 2026-03-07T15:09:00Z, 2026-03-14T15:10:00Z",
    "2026-03-01, 2026-03-08, Europe/Berlin, 2026-02-28T23:00:00Z, 2026-03-07T23:00:00Z"
  })
  void of_timesBeforeNowAndDates_areOfTheCalendarOfTheZone(
      String from, @Nullable String to, String zone, String start, String end) {
    assertThat(of(from, to, zone, DAY)).isEqualTo(range(start, end));
  }

  @Test
  void of_aMonthBeforeThe31st_isTheWholeMonth() {
    AskedRange asked = AskedRange.of("-P1M", null, null);

    assertThat(asked.resolve(DAY, Instant.parse("2026-01-31T12:00:00Z")))
        .isEqualTo(range("2026-01-01T00:00:00Z", "2026-01-31T12:00:00Z"));
    assertThat(asked.resolve(DAY, Instant.parse("2026-03-30T12:00:00Z")))
        .isEqualTo(range("2026-02-28T00:00:00Z", "2026-03-30T12:00:00Z"));
  }

  /// Seven days end with the day that `to` lies in, or ends.
  @ParameterizedTest
  @CsvSource({
    ", 2026-03-08T00:00:00Z",
    "2026-03-14T00:00:00Z, 2026-03-07T00:00:00Z",
    "2026-03-14T00:01:00Z, 2026-03-08T00:00:00Z",
    "2026-03-14, 2026-03-07T00:00:00Z"
  })
  void of_spanOfDays_isWholeDaysBeforeTheEnd(@Nullable String to, Instant start) {
    assertThat(of(null, to, "UTC", TimeAgo.parse("-P7D")).from()).isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-P0D",
        "-P0M",
        "-PT0S",
        "-P",
        "-PT",
        "-P7DT",
        "P7D",
        "-P-7D",
        "-P+7D",
        "-P1.5D",
        "-P1,5D",
        "-P1MT1H",
        "-P1YT1H",
        "-PT-5M",
        "-P7",
        "-7D",
        "--P7D",
        "-P7D ",
        "-PT1H1D",
        "-P1D1W",
        "-P60Y",
        "-P999999999Y",
        "-P9999999999D",
        "-P999999999W",
        "-PT999999999999999999H",
        "-PT9999999999999S",
        "-P٧D",
        "-"
      })
  void of_noTimeBeforeNow_isRefusedWithWhatWasExpected(String from) {
    assertThatThrownBy(() -> of(from, null, "UTC", DAY))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.field()).isEqualTo("from");
              assertThat(problem.detail()).contains("expected").contains("-P30D");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "", "+99:00"})
  void of_noZone_isRefusedByName(String zone) {
    assertThatThrownBy(() -> AskedRange.of("-P7D", null, zone))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.field()).isEqualTo("zone"));
  }

  private static TimeRange of(
      @Nullable String from, @Nullable String to, String zone, TimeAgo span) {
    return AskedRange.of(from, to, zone).resolve(span, NOW);
  }

  private static TimeRange range(String from, String to) {
    return new TimeRange(Instant.parse(from), Instant.parse(to));
  }
}
