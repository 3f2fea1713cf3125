package io.tidemark.insight.journey;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedText;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.MayNamePeople;
import io.tidemark.insight.select.PersonalPolicy;
import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What one person did, or what happened in one session, with its API calls and metrics.
public record JourneyQuestion(
    @Schema(description = "The app's id of the person, or the anonymous id")
        @Nullable String person,
    @Schema(
            description =
                "Which of two of that name: true for the anonymous id, false for the app's id; default: the app's, if there is one")
        @Nullable Boolean anonymous,
    @Schema(description = "The client's session; instead of person") @Nullable String session,
    @Schema(description = "Start; default: -P7D, the last 7 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of the answer's times; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "How many moments at most, 1 to 10,000; default: 1,000")
        @Nullable Integer limit,
    @Schema(
            description =
                "Goes on at this instant within the range: the `next` of the answer before")
        @Nullable Instant since)
    implements Question, MayNamePeople {

  private static final int LONGEST_ID = 200;
  private static final int MOST_MOMENTS = 10_000;
  private static final int MANY_MOMENTS = 1_000;

  public JourneyQuestion {
    if ((person == null) == (session == null)) {
      throw ProblemException.invalidField("person", "either person or session must be given");
    }
    if (person == null && anonymous != null) {
      throw ProblemException.invalidField("anonymous", "anonymous says which person; name one");
    }
    requireId("person", person);
    requireId("session", session);
    if (limit != null && (limit < 1 || limit > MOST_MOMENTS)) {
      throw ProblemException.invalidField(
          "limit", "limit must be from 1 to %,d".formatted(MOST_MOMENTS));
    }
  }

  @Override
  public String personalField(PersonalPolicy policy) {
    return person == null ? "session" : "person";
  }

  int most() {
    return limit == null ? MANY_MOMENTS : limit;
  }

  private static void requireId(String field, @Nullable String id) {
    if (id != null) {
      AskedText.checked(field, id, LONGEST_ID);
    }
  }
}
