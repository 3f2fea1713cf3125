package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A half-open range of time.
///
/// @param from first instant in it
/// @param to first instant after it
public record TimeRange(Instant from, Instant to) {

  private static final Duration LONGEST = Duration.ofDays(20 * 366L);

  /// The range of a question, widened to whole minutes: the same for every question and address,
  /// whatever it is answered from.
  ///
  /// @param from null for `span` before the end
  /// @param to null for now
  /// @param zone of days
  /// @throws ProblemException naming the field, when it is empty or longer than 20 years
  public static TimeRange of(
      @Nullable AskedTime from, @Nullable AskedTime to, ZoneId zone, TimeAgo span, Instant now) {
    Instant end = to == null ? now : to.resolve("to", now, zone);
    Instant start = from == null ? start(span, to, end, zone) : from.resolve("from", now, zone);
    if (!start.isBefore(end)) {
      throw ProblemException.invalidField("from", "from must be before to");
    }
    if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw ProblemException.invalidField("from", "the range must not be longer than 20 years");
    }
    return new TimeRange(start, end).widenedTo(ChronoUnit.MINUTES);
  }

  private static Instant start(TimeAgo span, @Nullable AskedTime to, Instant end, ZoneId zone) {
    return to == null ? span.before(end, zone) : span.beforeEnd(end, zone);
  }

  /// The smallest range around this one that begins and ends on a whole minute, hour or day (UTC).
  public TimeRange widenedTo(ChronoUnit unit) {
    return new TimeRange(from.truncatedTo(unit), roundUp(to, unit));
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
}
