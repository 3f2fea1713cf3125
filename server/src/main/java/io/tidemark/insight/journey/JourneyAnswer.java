package io.tidemark.insight.journey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.AnswerHead;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param person null when nobody of that name is known, and for a session
/// @param moments by time
/// @param next where to ask on from when there is more; null when that is all
public record JourneyAnswer(
    @JsonUnwrapped AnswerHead head,
    @Schema(description = "Null when nobody of that name is known, and for a session")
        @Nullable Traveller person,
    List<Moment> moments,
    @Schema(description = "Where to ask on from when there is more; null when that is all")
        @Nullable OffsetDateTime next) {

  /// @param isKnown whether the app named them; otherwise the client made the name up
  /// @param traits a JSON object
  @Schema(name = "JourneyTraveller")
  public record Traveller(
      String name,
      @Schema(description = "Whether the app named them; else the client made the name up")
          boolean isKnown,
      @Nullable String subscriptionTier,
      @Schema(type = "object") @JsonRawValue @Nullable String traits,
      @Schema(description = "Time of the earliest record, whenever it arrived")
          OffsetDateTime firstSeenAt) {}

  /// Something that happened. What does not apply is left out.
  ///
  /// @param kind event, step, metric or api_call
  /// @param name type of the event, step, metric or endpoint
  /// @param properties a JSON object
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "JourneyMoment")
  public record Moment(
      OffsetDateTime at,
      @Schema(description = "event, step, metric or api_call") String kind,
      @Schema(description = "Type of the event, step, metric or endpoint") String name,
      @Nullable String sessionId,
      @Nullable String page,
      @Nullable String effectId,
      @Nullable Double value,
      @Nullable String unit,
      @Nullable String method,
      @Nullable Integer statusCode,
      @Nullable Double responseTimeMs,
      @Nullable Boolean cacheHit,
      @Schema(type = "object") @JsonRawValue @Nullable String properties) {}

  public JourneyAnswer {
    moments = List.copyOf(moments);
  }
}
