package io.tidemark.capture;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// Reads RFC 3339 timestamps.
final class Timestamps {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int DATE_LENGTH = 10;
  private static final String PLAIN_FORM = "0000-00-00T00:00:00";
  private static final int PLAIN_SECONDS = 19;
  private static final int MICRO_DIGITS = 6;
  private static final long SECONDS_PER_DAY = 86_400;

  /// With nine digits of a second's fraction and `Z`.
  private static final int LONGEST_READ = 30;

  private static final Pattern NEEDLESS_DIGITS = Pattern.compile("(\\.\\d{9})\\d+");

  private Timestamps() {}

  /// @return to the microsecond, from 1970 to 2099: what PostgreSQL keeps, and more than any
  ///   client's clock can be off
  static Instant parse(String field, String text) throws CaptureRefusal {
    Instant instant;
    try {
      instant = isPlain(text) ? parsePlain(text) : parseAny(text);
    } catch (DateTimeException e) {
      throw expected(field);
    }
    if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
      throw expected(field);
    }
    return instant;
  }

  private static Instant parseAny(String text) {
    return OffsetDateTime.parse(withNanoseconds(withT(text)))
        .toInstant()
        .truncatedTo(ChronoUnit.MICROS);
  }

  /// Whether it is of the form nearly all clients send: `2026-03-01T12:00:00Z`, with or without up
  /// to nine digits of a fraction. For these a `DateTimeFormatter` is too slow: it was a sixth of
  /// the intake's work.
  private static boolean isPlain(String text) {
    int end = text.length() - 1;
    if (end < PLAIN_SECONDS || end > LONGEST_READ - 1 || text.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char expected = i < PLAIN_SECONDS ? PLAIN_FORM.charAt(i) : i == PLAIN_SECONDS ? '.' : '0';
      char found = text.charAt(i);
      if (expected == '0' ? found < '0' || found > '9' : found != expected) {
        return false;
      }
    }
    return end != PLAIN_SECONDS + 1;
  }

  private static Instant parsePlain(String text) {
    LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    LocalTime time =
        LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, PLAIN_SECONDS));
    int micros = 0;
    for (int i = PLAIN_SECONDS + 1; i <= PLAIN_SECONDS + MICRO_DIGITS; i++) {
      micros = micros * 10 + (i < text.length() - 1 ? text.charAt(i) - '0' : 0);
    }
    return Instant.ofEpochSecond(
        date.toEpochDay() * SECONDS_PER_DAY + time.toSecondOfDay(), micros * 1_000L);
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }

  /// RFC 3339 lets a space stand between date and time.
  private static String withT(String text) {
    return text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
        ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
        : text;
  }

  /// RFC 3339 sets no end to the fraction of a second, Java does.
  private static String withNanoseconds(String text) {
    return text.length() > LONGEST_READ ? NEEDLESS_DIGITS.matcher(text).replaceFirst("$1") : text;
  }

  private static CaptureRefusal expected(String field) {
    return CaptureRefusal.invalid(
        field, "an RFC 3339 timestamp from 1970 to 2099, such as 2026-03-01T12:00:00.123Z");
  }
}
