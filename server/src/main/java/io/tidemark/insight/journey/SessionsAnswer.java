package io.tidemark.insight.journey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.Answer;
import io.tidemark.insight.question.AnswerHead;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param people distinct; those who have a session
/// @param single sessions of one event only
/// @param series one for each interval
public record SessionsAnswer(
    @JsonUnwrapped AnswerHead head,
    long sessions,
    @Schema(description = "Distinct people with a session") long people,
    @Schema(description = "Sessions with one event only") long single,
    @Schema(description = "Seconds from the first event to the last") Spread seconds,
    @Schema(description = "Events and steps of a session") Spread events,
    String interval,
    @Schema(description = Answer.PARTIAL) List<OffsetDateTime> partialIntervals,
    List<Interval> series,
    @Schema(description = "With what most sessions began") List<Edge> entries,
    @Schema(description = "With what most sessions ended") List<Edge> exits) {

  /// Over sessions; percentiles by nearest rank. Null without any.
  @Schema(name = "SessionsSpread")
  public record Spread(@Nullable Double mean, @Nullable Double median, @Nullable Double p90) {}

  /// Of sessions that began in it.
  @Schema(name = "SessionsInterval")
  public record Interval(
      OffsetDateTime start,
      long sessions,
      @Schema(description = "Mean; null without sessions") @Nullable Double seconds,
      @Schema(description = "Mean; null without sessions") @Nullable Double events) {}

  /// @param sessions that began or ended with it
  @Schema(name = "SessionsEdge")
  public record Edge(String name, boolean isStep, long sessions) {}

  public SessionsAnswer {
    partialIntervals = List.copyOf(partialIntervals);
    series = List.copyOf(series);
    entries = List.copyOf(entries);
    exits = List.copyOf(exits);
  }
}
