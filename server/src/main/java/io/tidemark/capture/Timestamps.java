package io.tidemark.capture;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// Reads RFC 3339 timestamps.
final class Timestamps {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int DATE_LENGTH = 10;

  /// With nine digits of a second's fraction and `Z`.
  private static final int LONGEST_READ = 30;

  private static final Pattern NEEDLESS_DIGITS = Pattern.compile("(\\.\\d{9})\\d+");

  private Timestamps() {}

  /// @return to the microsecond, from 1970 to 2099: what PostgreSQL keeps, and more than any
  ///   client's clock can be off
  static Instant parse(String field, String text) throws CaptureRefusal {
    Instant instant;
    try {
      instant =
          OffsetDateTime.parse(withNanoseconds(withT(text)))
              .toInstant()
              .truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw expected(field);
    }
    if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
      throw expected(field);
    }
    return instant;
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
