package io.tidemark.insight.question;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.Course;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// One asking of a question. Immutable.
///
/// @param now when it was asked
/// @param showsPeople whether who asks may see who people are
/// @param fewestPeople how many a list of people must have to be shown to those who may not
/// @param course asked by whoever works long whether to go on
public record Asking(Instant now, boolean showsPeople, int fewestPeople, Course course) {

  /// Of days where a question names none.
  public static ZoneId zone(@Nullable ZoneId asked) {
    return asked == null ? ZoneOffset.UTC : asked;
  }

  /// The range of the question, on whole minutes.
  ///
  /// @param from null for `span` before the end
  /// @param to null for now
  public TimeRange range(
      @Nullable AskedTime from, @Nullable AskedTime to, @Nullable ZoneId zone, TimeAgo span) {
    return TimeRange.of(from, to, zone(zone), span, now);
  }

  /// How a person is called in the answer: by name if who asks may see it, else by a pseudonym.
  ///
  /// @param name the app's id of the person, or the anonymous id
  public PersonName nameOf(long userKey, String name) {
    return new PersonName(userKey, showsPeople ? name : null);
  }

  /// Whether a list of people may be shown: those who may not see who people are are not told a few
  /// that a narrow question picks.
  ///
  /// @param people all that there are, however many are shown
  public boolean mayList(long people) {
    return showsPeople || people == 0 || people >= fewestPeople;
  }
}
