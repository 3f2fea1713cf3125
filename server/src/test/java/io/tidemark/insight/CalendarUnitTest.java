package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.ProblemException;
import io.tidemark.rollup.Grain;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CalendarUnitTest {

  private static final List<ZoneId> ZONES =
      ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

  @ParameterizedTest
  @EnumSource
  void intervals_ofEveryZone_followEachOtherAndHoldTheirInstants(CalendarUnit unit) {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);

      Instant start = unit.startOf(instant, zone);
      Instant next = unit.next(start, zone);

      assertThat(start).isBeforeOrEqualTo(instant);
      assertThat(next).as("%s %s", instant, zone).isAfter(instant);
      assertThat(unit.startOf(next, zone)).isEqualTo(next);
      assertThat(unit.startOf(next.minusNanos(1_000), zone))
          .as("%s %s", instant, zone)
          .isEqualTo(start);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HOUR, Europe/Berlin, 2026-10-25T00:00:00Z, PT1H",
    "HOUR, Europe/Berlin, 2026-10-25T01:00:00Z, PT1H",
    "HOUR, Australia/Lord_Howe, 2026-04-04T14:00:00Z, PT1H30M",
    "HOUR, Australia/Lord_Howe, 2026-10-03T15:30:00Z, PT30M",
    "HOUR, Asia/Kolkata, 2026-10-03T15:30:00Z, PT1H",
    "DAY, Europe/Berlin, 2026-10-24T22:00:00Z, PT25H",
    "DAY, Europe/Berlin, 2026-03-28T23:00:00Z, PT23H",
    "DAY, Pacific/Apia, 2011-12-29T10:00:00Z, PT24H",
    "DAY, America/Havana, 2026-03-08T05:00:00Z, PT23H",
    "WEEK, Europe/Berlin, 2026-10-18T22:00:00Z, PT169H",
    "MONTH, Europe/Berlin, 2026-02-28T23:00:00Z, PT743H",
  })
  void next_whenClocksChange_isWhereTheClockSaysSo(
      CalendarUnit unit, String zone, Instant start, Duration length) {
    assertThat(unit.startOf(start, ZoneId.of(zone))).isEqualTo(start);
    assertThat(Duration.between(start, unit.next(start, ZoneId.of(zone)))).isEqualTo(length);
  }

  @Test
  void weeks_beginOnMonday() {
    ZonedDateTime week =
        CalendarUnit.WEEK
            .startOf(Instant.parse("2026-11-22T12:00:00Z"), ZoneId.of("UTC"))
            .atZone(ZoneId.of("UTC"));

    assertThat(week.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(week.getDayOfMonth()).isEqualTo(16);
  }

  @Test
  void covering_moreThanMayBe_isAProblem() {
    TimeRange range =
        new TimeRange(
            Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-04T00:00:00.000001Z"));

    assertThat(Intervals.covering(range, CalendarUnit.DAY, ZoneId.of("UTC"), 4).count())
        .isEqualTo(4);
    assertThatThrownBy(() -> Intervals.covering(range, CalendarUnit.DAY, ZoneId.of("UTC"), 3))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void withPrevious_acrossAClockChange_isAsManyIntervals() {
    Intervals days =
        Intervals.covering(
            new TimeRange(
                Instant.parse("2026-10-25T23:00:00Z"), Instant.parse("2026-10-27T23:00:00Z")),
            CalendarUnit.DAY,
            ZoneId.of("Europe/Berlin"),
            10);

    assertThat(days.withPrevious(2).boundaries())
        .containsExactly(
            Instant.parse("2026-10-23T22:00:00Z"),
            Instant.parse("2026-10-24T22:00:00Z"),
            Instant.parse("2026-10-25T23:00:00Z"),
            Instant.parse("2026-10-26T23:00:00Z"),
            Instant.parse("2026-10-27T23:00:00Z"));
  }

  @Test
  void cover_ofMonthsOfAZone_adjoinsInWholeHoursAndDays() {
    Intervals months =
        Intervals.covering(
            new TimeRange(
                Instant.parse("2026-01-15T00:00:00Z"), Instant.parse("2026-06-15T00:00:00Z")),
            CalendarUnit.MONTH,
            ZoneId.of("America/New_York"),
            10);

    RangeCover cover = months.cover();

    Instant end = months.range().from();
    for (RangeCover.Segment segment : cover.segments()) {
      assertThat(segment.range().from()).isEqualTo(end);
      assertThat(segment.grain()).isIn(Grain.HOUR, Grain.DAY);
      end = segment.range().to();
      if (segment.grain() == Grain.DAY) {
        Instant last = end;
        assertThat(months.boundaries())
            .noneMatch(
                boundary -> boundary.isAfter(segment.range().from()) && boundary.isBefore(last));
      }
    }
    assertThat(end).isEqualTo(months.range().to());
  }
}
