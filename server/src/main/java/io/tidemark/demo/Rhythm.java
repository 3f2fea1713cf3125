package io.tidemark.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.IntStream;

/// When people come and how the servers cope: quiet nights, busy evenings and weekends, and now and
/// then a bad evening.
///
/// Pure and thread-safe: the same instant always gives the same answer.
final class Rhythm {

  private static final int[] BY_HOUR = {
    40, 22, 12, 8, 7, 10, 22, 45, 70, 85, 92, 100, 118, 112, 98, 96, 100, 112, 135, 170, 200, 205,
    165, 95
  };
  private static final double BY_HOUR_MEAN = IntStream.of(BY_HOUR).average().orElseThrow();
  private static final double WEEKDAY = 0.92;
  private static final double WEEKEND = 1.2;

  private static final int BAD_EVENING_STARTS = 20;
  private static final int BAD_EVENING_ENDS = 22;
  private static final double BAD_EVENING_SLOWDOWN = 2.2;

  private final ZoneId zone;

  Rhythm(ZoneId zone) {
    this.zone = zone;
  }

  /// The people of the sample app, who live in China.
  static Rhythm ofTheSampleApp() {
    return new Rhythm(ZoneId.of("Asia/Shanghai"));
  }

  /// How many people come in the hour of that instant, 1 being the average hour of a week (0.06 to
  /// 2.8).
  double visits(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    DayOfWeek day = local.getDayOfWeek();
    boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    return BY_HOUR[local.getHour()] / BY_HOUR_MEAN * (weekend ? WEEKEND : WEEKDAY);
  }

  /// How much longer the servers take than at ease: 0.8 at night, about 1.3 in the evening, twice
  /// that on a bad one.
  double slowdown(Instant instant) {
    double usual = 0.8 + 0.2 * visits(instant);
    return isBadEvening(instant) ? usual * BAD_EVENING_SLOWDOWN : usual;
  }

  /// One evening in nine is bad, from 20:00 to 22:00.
  boolean isBadEvening(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    LocalDate date = local.toLocalDate();
    return date.toEpochDay() % 9 == 4
        && local.getHour() >= BAD_EVENING_STARTS
        && local.getHour() < BAD_EVENING_ENDS;
  }
}
