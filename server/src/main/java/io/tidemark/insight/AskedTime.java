package io.tidemark.insight;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.platform.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/// An end of a range as it is asked for: an instant, the beginning of a day, or so long ago. What
/// is asked with the last one is the same question whenever it is asked.
///
/// @param text an RFC 3339 timestamp, a date such as 2026-03-01, or a negative ISO 8601 duration
///   such as -P30D
@Schema(
    type = "string",
    description =
        "RFC 3339 timestamp; a date, which begins in the zone of the question; or a negative ISO 8601 duration, so long before now",
    example = "-P30D")
public record AskedTime(@JsonValue String text) {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int LENGTH_OF_DATE = "2026-03-01".length();

  /// @throws ProblemException if it is none of the three
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AskedTime {
    resolve(text, LATEST, ZoneId.of("UTC"));
  }

  /// @param now what a duration is measured from
  /// @param zone where a date begins
  Instant resolve(Instant now, ZoneId zone) {
    return resolve(text, now, zone);
  }

  private static Instant resolve(String text, Instant now, ZoneId zone) {
    Instant instant;
    try {
      instant = parse(text, now, zone);
    } catch (DateTimeException | ArithmeticException e) {
      throw expected();
    }
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw expected();
    }
    return instant;
  }

  private static Instant parse(String text, Instant now, ZoneId zone) {
    if (text.startsWith("-")) {
      Duration ago = Duration.parse(text);
      if (ago.isPositive()) {
        throw new DateTimeParseException("Not before now", text, 0);
      }
      return now.plus(ago);
    }
    if (text.length() == LENGTH_OF_DATE) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    return OffsetDateTime.parse(text).toInstant();
  }

  private static ProblemException expected() {
    return ProblemException.invalidField(
        "",
        "expected an RFC 3339 timestamp from 1970 to 2100, such as 2026-03-01T12:00:00Z, a date such as 2026-03-01, or a time before now such as -P30D");
  }
}
