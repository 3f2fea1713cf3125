package io.tidemark.insight.saved;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A question that is kept.
///
/// @param owner who saved it: a person, or `key:` and the name of a key
public record SavedQuestion(
    UUID id,
    String name,
    String description,
    @Schema(description = "A person, or key: and the name of a key") String owner,
    Instant createdAt,
    Instant changedAt,
    @Schema(
            type = "object",
            description =
                "The question, as it is asked; its kind alone to keys that may not see people, if others saved it")
        JsonNode document) {

  /// As the document says it.
  String kind() {
    return document.path("question").asString();
  }

  /// The same without what it asks of whom.
  SavedQuestion withKindAlone() {
    return new SavedQuestion(
        id,
        name,
        description,
        owner,
        createdAt,
        changedAt,
        JsonNodeFactory.instance.objectNode().put("question", kind()));
  }

  /// What a client says of it.
  @Schema(name = "SavedQuestionDraft")
  public record Draft(
      @Schema(description = "1 to 200 characters", example = "Sign-ups by country") String name,
      @Schema(description = "Up to 2,000 characters; default: empty") @Nullable String description,
      @Schema(
              type = "object",
              description = "The question, as it is asked",
              example = "{\"question\": \"api-totals\", \"from\": \"-P7D\"}")
          JsonNode document) {

    public Draft {
      name = Title.checkedName(name);
      description = Title.checkedDescription(description);
    }
  }
}
