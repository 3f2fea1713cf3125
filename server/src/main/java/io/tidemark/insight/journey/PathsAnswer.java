package io.tidemark.insight.journey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.insight.question.AnswerHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param sessions that have the event
/// @param nodes level by level, on each by sessions, most first
public record PathsAnswer(
    @JsonUnwrapped AnswerHead head,
    @Schema(description = "Sessions that have the event") long sessions,
    List<Node> nodes,
    List<Edge> edges) {

  /// @param level how many events away; 0 for the event itself
  /// @param kind event, other (all that have no node of their own) or none (the session has no
  ///   more)
  @Schema(name = "PathsNode")
  public record Node(
      @Schema(description = "How many events away; 0 for the event itself") int level,
      @Schema(description = "event; other: all others of the level; none: the session has no more")
          String kind,
      @Nullable String name,
      boolean isStep,
      long sessions) {}

  /// @param from place of a node in `nodes`, nearer to the event
  /// @param to place of a node of the next level
  @Schema(name = "PathsEdge")
  public record Edge(
      @Schema(description = "Place of a node in nodes, from 0") int from,
      @Schema(description = "Place of a node of the next level") int to,
      long sessions) {}

  public PathsAnswer {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }
}
