package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A half-open range of time.
///
/// @param from first instant in it
/// @param to first instant after it
public record TimeRange(Instant from, Instant to) {

  private static final Duration LONGEST = Duration.ofDays(20 * 366L);
  private static final Duration SHORT = Duration.ofHours(3);
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /// The range that was asked for, widened to whole minutes. One up to now that is longer than
  /// three hours is widened to whole hours where it was not given: rolling on by the minute it
  /// would say nothing more and be read from minutes.
  ///
  /// @param from RFC 3339; null for `span` before the end
  /// @param to RFC 3339; null for now
  /// @throws ProblemException naming the parameter that is wrong
  public static TimeRange of(
      @Nullable String from, @Nullable String to, Duration span, Instant now) {
    Instant end = to == null ? now : parse("to", to);
    Instant start = from == null ? end.minus(span) : parse("from", from);
    checked(start, end);
    if (to == null && Duration.between(start, end).compareTo(SHORT) > 0) {
      start = from == null ? start.truncatedTo(ChronoUnit.HOURS) : start;
      end = roundUp(end, ChronoUnit.HOURS);
    }
    return new TimeRange(start, end).widenedTo(ChronoUnit.MINUTES);
  }

  /// The range of a question, exactly as asked.
  ///
  /// @param from null for `span` before the end
  /// @param to null for now
  /// @param zone where dates begin
  /// @throws ProblemException when it is empty or longer than 20 years
  public static TimeRange of(
      @Nullable AskedTime from, @Nullable AskedTime to, ZoneId zone, Duration span, Instant now) {
    Instant end = to == null ? now : to.resolve(now, zone);
    return checked(from == null ? end.minus(span) : from.resolve(now, zone), end);
  }

  /// The smallest range around this one that begins and ends on a whole minute, hour or day (UTC).
  public TimeRange widenedTo(ChronoUnit unit) {
    return new TimeRange(from.truncatedTo(unit), roundUp(to, unit));
  }

  private static TimeRange checked(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw ProblemException.invalidField("from", "from must be before to");
    }
    if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw ProblemException.invalidField("from", "the range must not be longer than 20 years");
    }
    return new TimeRange(start, end);
  }

  static Instant roundUp(Instant instant, ChronoUnit unit) {
    Instant floor = instant.truncatedTo(unit);
    return floor.equals(instant) ? instant : floor.plus(1, unit);
  }

  public boolean isEmpty() {
    return !from.isBefore(to);
  }

  public OffsetDateTime fromUtc() {
    return from.atOffset(ZoneOffset.UTC);
  }

  public OffsetDateTime toUtc() {
    return to.atOffset(ZoneOffset.UTC);
  }

  private static Instant parse(String name, String text) {
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw expected(name);
    }
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw expected(name);
    }
    return instant;
  }

  private static ProblemException expected(String name) {
    return ProblemException.invalidField(
        name,
        name
            + " must be an RFC 3339 timestamp from 1970 to 2100, such as 2026-03-01T12:00:00Z (in a URL, write + as %2B)");
  }
}
