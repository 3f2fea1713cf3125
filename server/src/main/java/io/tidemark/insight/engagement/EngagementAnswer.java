package io.tidemark.insight.engagement;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.PersonName;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How engaged people are.
///
/// @param people highest score first
public record EngagementAnswer(
    @JsonUnwrapped AnswerHead head, Distribution distribution, List<Engaged> people) {

  /// The scores of all people with an event; percentiles by nearest rank, null without anybody.
  @Schema(name = "EngagementDistribution")
  public record Distribution(
      long people,
      @Nullable Double mean,
      @Nullable Double p10,
      @Nullable Double p25,
      @Nullable Double p50,
      @Nullable Double p75,
      @Nullable Double p90,
      @Nullable Double p99,
      @Nullable Double max,
      List<Bucket> buckets) {

    public Distribution {
      buckets = List.copyOf(buckets);
    }
  }

  @Schema(name = "EngagementBucket")
  public record Bucket(
      @Schema(description = "Included; null: no lower end") @Nullable Double from,
      @Schema(description = "Not included; null: no upper end") @Nullable Double to,
      long people) {}

  /// One person.
  ///
  /// @param score the sum of `points` of its parts
  /// @param parts depth: most points first
  @Schema(name = "EngagementPerson")
  public record Engaged(
      @Schema(description = "From 1; people with the same score share it") long rank,
      @Schema(
              type = "string",
              description = "Name of the person, or a pseudonym for who may not see it")
          PersonName person,
      @Schema(description = "Whether the app named them; else the client made the name up")
          boolean isKnown,
      @Schema(description = "Events weighted by tidemark.insight.engagement-weights") double score,
      long events,
      Recency recency,
      Frequency frequency,
      @Schema(description = "Depth: what the score is made of") List<Part> parts) {

    public Engaged {
      parts = List.copyOf(parts);
    }
  }

  /// @param days since the last event, at the end of the range
  @Schema(name = "EngagementRecency")
  public record Recency(OffsetDateTime lastAt, double days) {}

  /// @param activeDays with an event
  /// @param days of these
  @Schema(name = "EngagementFrequency")
  public record Frequency(
      @Schema(description = "Days of the zone with an event") long activeDays,
      @Schema(description = "Of so many: those of the range; over all time the last 28")
          long days) {}

  /// @param points events times weight
  @Schema(name = "EngagementPart")
  public record Part(String event, long events, double weight, double points) {}

  public EngagementAnswer {
    people = List.copyOf(people);
  }
}
