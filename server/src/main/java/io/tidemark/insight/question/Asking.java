package io.tidemark.insight.question;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.Course;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One asking of a question. Immutable.
///
/// @param now when it was asked
/// @param showsPeople whether who asks may see who people are
/// @param pseudonyms for those who may not
/// @param course asked by whoever works long whether to go on
public record Asking(Instant now, boolean showsPeople, Pseudonyms pseudonyms, Course course) {

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

  /// How a person is called in the answer: by name if who asks may see it, else by a pseudonym that
  /// is the same in every answer.
  ///
  /// @param name the app's id of the person, or the anonymous id
  public String nameOf(String name) {
    return showsPeople ? name : pseudonyms.of(name);
  }

  /// For questions that are about one person.
  ///
  /// @throws ProblemException 403 if who asks may not see who people are
  public void requirePeople() {
    requirePeople(showsPeople);
  }

  /// For addresses that are about one person.
  ///
  /// @throws ProblemException 403 if who asks may not see who people are
  public static void requirePeople(boolean showsPeople) {
    if (!showsPeople) {
      throw ProblemException.of(
          HttpStatus.FORBIDDEN,
          "people_hidden",
          "This question shows who people are; ask it with a key that may see them");
    }
  }
}
