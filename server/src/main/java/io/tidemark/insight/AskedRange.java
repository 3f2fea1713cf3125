package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The range of a question as it is asked for.
///
/// @param from null for the default span of the question before the end
/// @param to null for now
/// @param zone of days
public record AskedRange(@Nullable AskedTime from, @Nullable AskedTime to, ZoneId zone) {

  /// Of an address, where all of it is text.
  ///
  /// @param zone null for UTC
  /// @throws ProblemException naming the parameter that is wrong
  public static AskedRange of(@Nullable String from, @Nullable String to, @Nullable String zone) {
    return new AskedRange(AskedTime.of("from", from), AskedTime.of("to", to), zone(zone));
  }

  /// @throws ProblemException naming `from` or `to`
  public TimeRange resolve(TimeAgo span, Instant now) {
    return TimeRange.of(from, to, zone, span, now);
  }

  private static ZoneId zone(@Nullable String name) {
    if (name == null || name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw ProblemException.invalidField(
          "zone", "zone must be a time zone such as Europe/Berlin, Asia/Kolkata or +05:30");
    }
  }
}
