package io.tidemark.insight.saved;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A link that shows one question or one dashboard, and nothing else, to whoever has it.
///
/// @param createdBy who made it: a person, or `key:` and the name of a key
public record ShareLink(UUID id, Instant createdAt, String createdBy) {

  /// A link that was made just now.
  ///
  /// @param token told for the only time
  /// @param path of the page that shows what is shared; browsers send nothing of what follows `#`
  /// @param api the same for programs
  @Schema(name = "NewShareLink")
  public record New(
      UUID id,
      @Schema(description = "Told for the only time") String token,
      @Schema(
              description = "Path of the page that shows what is shared",
              example = "/shared#tm_share_…")
          String path,
      @Schema(description = "The same for programs", example = "/api/v1/shared/tm_share_…")
          String api) {

    static New of(UUID id, String token) {
      return new New(id, token, "/shared#" + token, "/api/v1/shared/" + token);
    }

    @Override
    public String toString() {
      return "New[id=" + id + ", token=***]";
    }
  }

  /// What a link shows: a question is shown as a dashboard of one.
  @Schema(name = "SharedQuestions")
  public record Shared(String name, String description, List<Part> questions) {

    /// @param id to ask it by
    @Schema(name = "SharedQuestion")
    public record Part(
        UUID id,
        String name,
        String description,
        @Schema(description = "Which kind of question it is", example = "funnel") String kind) {

      static Part of(SavedQuestion question) {
        return new Part(question.id(), question.name(), question.description(), question.kind());
      }
    }
  }
}
