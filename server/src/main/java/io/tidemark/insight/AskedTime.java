package io.tidemark.insight;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.platform.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// An end of a range as it is asked for: an instant, the beginning of a day, or so long ago. What
/// is asked with the last one is the same question whenever it is asked.
///
/// @param text an RFC 3339 timestamp, a date such as 2026-03-01, or a [TimeAgo] such as -P30D
@Schema(
    type = "string",
    description =
        """
        RFC 3339 timestamp; a date, which begins in the zone of the question; or a time before now: days, weeks, months and years \
        are those of the calendar with today as the last (-P7D: the start of the day six days ago), hours, minutes and seconds \
        are exact (-PT168H: 168 hours before now)\
        """,
    example = "-P30D")
public record AskedTime(@JsonValue String text) {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int LENGTH_OF_DATE = "2026-03-01".length();

  /// @throws ProblemException if it is none of the three
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AskedTime {
    resolve("", text, LATEST, ZoneId.of("UTC"));
  }

  /// Of an address, where it is text.
  ///
  /// @param name of the parameter
  /// @return null for an absent one
  /// @throws ProblemException naming the parameter
  public static @Nullable AskedTime of(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    resolve(name, text, LATEST, ZoneId.of("UTC"));
    return new AskedTime(text);
  }

  /// @param name of the field, for who asked
  /// @param now what a time before now is measured from
  /// @param zone of days, and where a date begins
  Instant resolve(String name, Instant now, ZoneId zone) {
    return resolve(name, text, now, zone);
  }

  private static Instant resolve(String name, String text, Instant now, ZoneId zone) {
    Instant instant;
    try {
      instant = parse(text, now, zone);
    } catch (DateTimeException | ArithmeticException e) {
      throw expected(name);
    }
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw expected(name);
    }
    return instant;
  }

  private static Instant parse(String text, Instant now, ZoneId zone) {
    if (text.startsWith("-")) {
      return TimeAgo.parse(text).before(now, zone);
    }
    if (text.length() == LENGTH_OF_DATE) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    return OffsetDateTime.parse(text).toInstant();
  }

  private static ProblemException expected(String name) {
    return ProblemException.invalidField(
        name,
        """
        expected an RFC 3339 timestamp from 1970 to 2100, such as 2026-03-01T12:00:00Z (in an address, write + as %2B), \
        a date such as 2026-03-01, or a time before now since 1970: of whole days, weeks, months and years such as -P30D or -P1M, \
        or of hours, minutes and seconds such as -PT90M\
        """);
  }
}
