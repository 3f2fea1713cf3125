package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.ProblemException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CalendarTest {

  private static final List<ZoneId> ZONES =
      ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

  @ParameterizedTest
  @EnumSource
  void intervals_ofEveryZone_followEachOtherAndHoldTheirInstants(CalendarUnit unit) {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Calendar calendar =
          new Calendar(
              unit, ZONES.get(random.nextInt(ZONES.size())), DayOfWeek.of(1 + random.nextInt(7)));
      Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);

      Instant start = calendar.startOf(instant);
      Instant next = calendar.next(start);

      assertThat(start).isBeforeOrEqualTo(instant);
      assertThat(next).as("%s %s", instant, calendar).isAfter(instant);
      assertThat(calendar.startOf(next)).isEqualTo(next);
      assertThat(calendar.startOf(next.minusNanos(1_000)))
          .as("%s %s", instant, calendar)
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
    Calendar calendar = Calendar.of(unit, ZoneId.of(zone), null);

    assertThat(calendar.startOf(start)).isEqualTo(start);
    assertThat(Duration.between(start, calendar.next(start))).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({
    ", 2026-11-16",
    "MONDAY, 2026-11-16",
    "SUNDAY, 2026-11-22",
    "SATURDAY, 2026-11-21",
    "WEDNESDAY, 2026-11-18"
  })
  void weeks_beginOnTheDayThatIsSaid(@Nullable DayOfWeek weekStarts, LocalDate start) {
    ZoneId zone = ZoneId.of("America/New_York");

    Instant week =
        Calendar.of(CalendarUnit.WEEK, zone, weekStarts)
            .startOf(Instant.parse("2026-11-22T12:00:00Z"));

    assertThat(week).isEqualTo(start.atStartOfDay(zone).toInstant());
  }

  @Test
  void covering_moreThanMayBe_isAProblem() {
    TimeRange range = range("2026-01-01T00:00:00Z", "2026-01-04T00:01:00Z");
    Calendar days = Calendar.of(CalendarUnit.DAY, null, null);

    assertThat(Intervals.covering(range, days, 4).count()).isEqualTo(4);
    assertThatThrownBy(() -> Intervals.covering(range, days, 3))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void places_ofARangeThatCutsIntervals_areCutAndToldToBePartial() {
    Intervals weeks =
        Intervals.covering(
            range("2026-11-17T10:00:00Z", "2026-12-02T12:30:00Z"),
            Calendar.of(CalendarUnit.WEEK, null, null),
            10);

    assertThat(weeks.places().bounds())
        .containsExactly(
            Instant.parse("2026-11-17T10:00:00Z"),
            Instant.parse("2026-11-23T00:00:00Z"),
            Instant.parse("2026-11-30T00:00:00Z"),
            Instant.parse("2026-12-02T12:30:00Z"));
    assertThat(weeks.starts())
        .extracting(OffsetDateTime::toLocalDate)
        .containsExactly(
            LocalDate.of(2026, 11, 16), LocalDate.of(2026, 11, 23), LocalDate.of(2026, 11, 30));
    assertThat(weeks.partial(Instant.parse("2026-12-02T12:29:30Z")))
        .containsExactly(weeks.starts().getFirst(), weeks.starts().getLast());
  }

  @Test
  void partial_wholeIntervalsThatAreNotOver_areToldToBePartial() {
    Intervals days =
        Intervals.covering(
            range("2026-11-17T00:00:00Z", "2026-11-20T00:00:00Z"),
            Calendar.of(CalendarUnit.DAY, null, null),
            10);

    assertThat(days.partial(Instant.parse("2026-11-20T00:00:00Z"))).isEmpty();
    assertThat(days.partial(Instant.parse("2026-11-18T23:00:00Z")))
        .containsExactly(days.starts().get(1), days.starts().get(2));
  }

  /// Seven days up to now are compared with the seven before, the last of them up to the same time
  /// of the day, also where clocks change.
  @ParameterizedTest
  @CsvSource({
    "DAY, UTC, 2026-11-25T00:00:00Z, 2026-12-01T14:03:00Z, 2026-11-18T00:00:00Z, 2026-11-24T14:03:00Z",
    "DAY, UTC, 2026-11-24T14:03:00Z, 2026-12-01T14:03:00Z, 2026-11-17T14:03:00Z, 2026-11-24T14:03:00Z",
    "DAY, UTC, 2026-11-24T00:00:00Z, 2026-12-01T00:00:00Z, 2026-11-17T00:00:00Z, 2026-11-24T00:00:00Z",
    "DAY, UTC, 2026-12-01T10:00:00Z, 2026-12-01T11:00:00Z, 2026-11-30T10:00:00Z, 2026-11-30T11:00:00Z",
    "DAY, Europe/Berlin, 2026-10-25T23:00:00Z, 2026-10-27T12:00:00Z, 2026-10-23T22:00:00Z, 2026-10-25T12:00:00Z",
    "DAY, America/Havana, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z, 2026-03-07T05:00:00Z, 2026-03-08T05:00:00Z",
    "WEEK, UTC, 2026-11-16T00:00:00Z, 2026-11-30T00:00:00Z, 2026-11-02T00:00:00Z, 2026-11-16T00:00:00Z",
    "MONTH, UTC, 2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "MONTH, UTC, 2026-03-01T00:00:00Z, 2026-03-31T12:00:00Z, 2026-02-01T00:00:00Z, 2026-02-28T12:00:00Z",
    "HOUR, Asia/Kolkata, 2026-03-01T00:10:00Z, 2026-03-01T03:10:00Z, 2026-02-28T21:10:00Z, 2026-03-01T00:10:00Z"
  })
  void earlier_isTheSameRangeJustBefore(
      CalendarUnit unit,
      String zone,
      String from,
      String to,
      String earlierFrom,
      String earlierTo) {
    Intervals asked =
        Intervals.covering(range(from, to), Calendar.of(unit, ZoneId.of(zone), null), 100);

    Intervals earlier = asked.earlier();

    assertThat(earlier.range()).isEqualTo(range(earlierFrom, earlierTo));
    assertThat(earlier.count()).isEqualTo(asked.count());
  }

  @ParameterizedTest
  @EnumSource
  void earlier_ofEveryZone_isBeforeAndHasAsManyIntervals(CalendarUnit unit) {
    Random random = new Random(8);
    for (int i = 0; i < 5_000; i++) {
      Instant from = Instant.ofEpochSecond(1_000_000_000L + random.nextInt(800_000_000));
      TimeRange range =
          new TimeRange(from, from.plusSeconds(60 + random.nextInt(2_000_000)))
              .widenedTo(ChronoUnit.MINUTES);
      Calendar calendar =
          new Calendar(
              unit, ZONES.get(random.nextInt(ZONES.size())), DayOfWeek.of(1 + random.nextInt(7)));
      Intervals asked = Intervals.covering(range, calendar, 1_000);

      Intervals earlier = asked.earlier();

      assertThat(earlier.count()).isEqualTo(asked.count());
      assertThat(earlier.range().to()).isBeforeOrEqualTo(range.from());
      assertThat(earlier.places().bounds()).as("%s of %s", earlier, asked).isSorted();
    }
  }

  private static TimeRange range(String from, String to) {
    return new TimeRange(Instant.parse(from), Instant.parse(to));
  }
}
