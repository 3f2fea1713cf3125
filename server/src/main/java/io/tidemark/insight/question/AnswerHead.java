package io.tidemark.insight.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.Freshness;
import io.tidemark.insight.TimeRange;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What every answer says first; a component of it, `@JsonUnwrapped`.
///
/// @param range what was answered, in the zone of the question
/// @param zone of days, weeks and months
/// @param exact whether every number is exact; percentiles may be within 1 % instead
/// @param peopleNeeded how many people the list would need, which is kept back; null when none is
public record AnswerHead(
    ZonedRange range,
    @Schema(type = "string", example = "Europe/Berlin") ZoneId zone,
    Freshness freshness,
    @Schema(description = "Whether every number is exact; else percentiles are within 1 %")
        boolean exact,
    @Schema(
            description =
                "How many people a list must have to be shown to those who may not see who they are; only where it is kept back for having fewer")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Integer peopleNeeded) {

  public record ZonedRange(
      OffsetDateTime from, @Schema(description = "Not included") OffsetDateTime to) {

    public static ZonedRange of(TimeRange range, ZoneId zone) {
      return new ZonedRange(
          range.from().atZone(zone).toOffsetDateTime(), range.to().atZone(zone).toOffsetDateTime());
    }
  }

  public static AnswerHead of(TimeRange range, ZoneId zone, Freshness freshness, boolean exact) {
    return new AnswerHead(ZonedRange.of(range, zone), zone, freshness, exact, null);
  }

  /// The same over a list of people, which is kept back from those who may not see who people are
  /// when it has too few.
  ///
  /// @param people all that there are, however many are shown
  public AnswerHead ofList(long people, Asking asking) {
    return asking.mayList(people)
        ? this
        : new AnswerHead(range, zone, freshness, exact, asking.fewestPeople());
  }

  /// Of an answer from detail: everything that is committed is in it, exactly.
  public static AnswerHead ofDetail(TimeRange range, ZoneId zone, Asking asking) {
    return of(range, zone, Freshness.ofDetail(asking.now()), true);
  }
}
