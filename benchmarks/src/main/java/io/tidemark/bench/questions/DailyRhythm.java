package io.tidemark.bench.questions;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// How many sessions begin in each hour: few at night, most in the afternoon (UTC), more at
/// weekends. Together exactly as many as there are.
final class DailyRhythm {

  private static final double SWING = 0.75;
  private static final int HOUR_OF_THE_MEAN = 9;
  private static final double WEEKEND = 1.2;

  private final double[] reached;
  private final int sessions;

  DailyRhythm(Instant start, int hours, int sessions) {
    this.sessions = sessions;
    this.reached = new double[hours + 1];
    for (int hour = 0; hour < hours; hour++) {
      reached[hour + 1] = reached[hour] + weight(start.plusSeconds(hour * 3_600L));
    }
  }

  int hours() {
    return reached.length - 1;
  }

  /// @param hour counted from the start
  int sessionsIn(int hour) {
    return (int) (sessionsBefore(hour + 1) - sessionsBefore(hour));
  }

  private long sessionsBefore(int hour) {
    return Math.round(sessions * reached[hour] / reached[reached.length - 1]);
  }

  private static double weight(Instant hour) {
    OffsetDateTime time = hour.atOffset(ZoneOffset.UTC);
    boolean isWeekend =
        time.getDayOfWeek() == DayOfWeek.SATURDAY || time.getDayOfWeek() == DayOfWeek.SUNDAY;
    double ofDay = 1 + SWING * Math.sin((time.getHour() - HOUR_OF_THE_MEAN) * Math.PI / 12);
    return isWeekend ? WEEKEND * ofDay : ofDay;
  }
}
