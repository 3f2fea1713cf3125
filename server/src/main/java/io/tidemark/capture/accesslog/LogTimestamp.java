package io.tidemark.capture.accesslog;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/// Times as web servers log them, `17/May/2015:10:05:03 +0000`: English months whatever the locale,
/// and always of the same length.
final class LogTimestamp {

  /// Characters of a time.
  static final int LENGTH = 26;

  private static final String FORM = "00/aaa/0000:00:00:00 +0000";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int LARGEST_OFFSET_HOURS = 18;

  private LogTimestamp() {}

  /// The time that stands at `from`; empty when there is none.
  static Optional<Instant> parse(String line, int from) {
    if (!hasForm(line, from)) {
      return Optional.empty();
    }
    int month = MONTHS.indexOf(line.substring(from + 3, from + 6));
    if (month < 0 || month % 3 != 0) {
      return Optional.empty();
    }
    YearMonth yearMonth = YearMonth.of(number(line, from + 7, 4), month / 3 + 1);
    int day = number(line, from, 2);
    int hour = number(line, from + 12, 2);
    int minute = number(line, from + 15, 2);
    int second = number(line, from + 18, 2);
    int offsetHours = number(line, from + 22, 2);
    int offsetMinutes = number(line, from + 24, 2);
    if (!yearMonth.isValidDay(day) || hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    if (offsetHours >= LARGEST_OFFSET_HOURS || offsetMinutes > 59) {
      return Optional.empty();
    }
    int offsetSeconds = (offsetHours * 60 + offsetMinutes) * 60;
    LocalDateTime local = yearMonth.atDay(day).atTime(hour, minute, second);
    long utc = local.toEpochSecond(ZoneOffset.UTC);
    return Optional.of(
        Instant.ofEpochSecond(
            line.charAt(from + 21) == '-' ? utc + offsetSeconds : utc - offsetSeconds));
  }

  private static boolean hasForm(String line, int from) {
    if (line.length() - from < LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (!fits(FORM.charAt(i), line.charAt(from + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(char form, char actual) {
    return switch (form) {
      case '0' -> actual >= '0' && actual <= '9';
      case 'a' -> actual >= 'A' && actual <= 'z';
      case '+' -> actual == '+' || actual == '-';
      default -> actual == form;
    };
  }

  private static int number(String line, int from, int digits) {
    return Integer.parseInt(line, from, from + digits, 10);
  }
}
