package io.tidemark.insight.engagement;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedText;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.MayNamePeople;
import io.tidemark.insight.select.PersonalPolicy;
import io.tidemark.platform.ProblemException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How engaged people are.
public record EngagementQuestion(
    @Schema(description = "Start; without start and end: all time") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of active days; default: UTC")
        @Nullable ZoneId zone,
    @Schema(description = "Only this person: your app's id, or an anonymous id", example = "user-7")
        @Nullable String person,
    @Schema(
            description =
                "Which of two of that name: true for the anonymous id, false for the app's id; default: the app's, if there is one")
        @Nullable Boolean anonymous,
    @Schema(description = "How many people are shown, highest score first, 0 to 1000; default: 10")
        @Nullable Integer limit,
    @Schema(
            description =
                "Scores where one bucket of the distribution ends and the next begins, ascending, 1 to 50; default: 1, 10, 50, 100, 500, 1000, 5000")
        List<Double> bounds)
    implements Question, MayNamePeople {

  private static final int MOST_SHOWN = 1_000;
  private static final int FEW_SHOWN = 10;
  private static final int MOST_BOUNDS = 50;
  private static final int LONGEST_NAME = 200;
  private static final List<Double> BOUNDS =
      List.of(1.0, 10.0, 50.0, 100.0, 500.0, 1_000.0, 5_000.0);

  public EngagementQuestion {
    person = person == null ? null : AskedText.checked("person", person, LONGEST_NAME);
    if (person == null && anonymous != null) {
      throw ProblemException.invalidField("anonymous", "anonymous says which person; name one");
    }
    limit = limit == null ? FEW_SHOWN : limit;
    if (limit < 0 || limit > MOST_SHOWN) {
      throw ProblemException.invalidField(
          "limit", "limit must be from 0 to %d".formatted(MOST_SHOWN));
    }
    bounds = bounds.isEmpty() ? BOUNDS : ascending(bounds);
  }

  private static List<Double> ascending(List<Double> bounds) {
    boolean isAscending = bounds.size() <= MOST_BOUNDS;
    for (int place = 0; isAscending && place < bounds.size(); place++) {
      Double bound = bounds.get(place);
      isAscending =
          bound != null && Double.isFinite(bound) && (place == 0 || bounds.get(place - 1) < bound);
    }
    if (!isAscending) {
      throw ProblemException.invalidField(
          "bounds", "bounds must be 1 to %d ascending numbers".formatted(MOST_BOUNDS));
    }
    return List.copyOf(bounds);
  }

  @Override
  public @Nullable String personalField(PersonalPolicy policy) {
    return person == null ? null : "person";
  }

  boolean isOverAllTime() {
    return from == null && to == null;
  }

  int shown() {
    return limit == null ? FEW_SHOWN : limit;
  }
}
