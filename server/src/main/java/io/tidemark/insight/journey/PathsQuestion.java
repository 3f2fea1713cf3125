package io.tidemark.insight.journey;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.AskedTime;
import io.tidemark.insight.question.Question;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.platform.ProblemException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What people do before or after an event, in the sessions that began in a range.
///
/// @param around the first such event of a session is where its path begins
public record PathsQuestion(
    @Schema(description = "Start; default: -P7D, the last 7 days") @Nullable AskedTime from,
    @Schema(description = "End, not included; default: now") @Nullable AskedTime to,
    @Schema(type = "string", description = "Zone of dates; default: UTC") @Nullable ZoneId zone,
    @Schema(description = "The first such event of a session is where its path begins")
        EventSelector around,
    @Schema(description = "after (default) or before") @Nullable PathDirection direction,
    @Schema(description = "How far, 1 to 5; default: 3") @Nullable Integer depth,
    @Schema(description = "How many events are shown on each level, 1 to 20; default: 5")
        @Nullable Integer limit)
    implements Question {

  private static final int DEEPEST = 5;
  private static final int DEEP = 3;
  private static final int MOST_SHOWN = 20;
  private static final int FEW_SHOWN = 5;

  public PathsQuestion {
    if (depth != null && (depth < 1 || depth > DEEPEST)) {
      throw ProblemException.invalidField("depth", "depth must be from 1 to %d".formatted(DEEPEST));
    }
    if (limit != null && (limit < 1 || limit > MOST_SHOWN)) {
      throw ProblemException.invalidField(
          "limit", "limit must be from 1 to %d".formatted(MOST_SHOWN));
    }
  }

  boolean isAfter() {
    return direction != PathDirection.BEFORE;
  }

  int levels() {
    return depth == null ? DEEP : depth;
  }

  int shown() {
    return limit == null ? FEW_SHOWN : limit;
  }
}
