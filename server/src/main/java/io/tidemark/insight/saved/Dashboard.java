package io.tidemark.insight.saved;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Saved questions that are looked at together.
///
/// @param owner who made it: a person, or `key:` and the name of a key
/// @param questions ids of saved questions, in their order
public record Dashboard(
    UUID id,
    String name,
    String description,
    @Schema(description = "A person, or key: and the name of a key") String owner,
    Instant createdAt,
    Instant changedAt,
    List<UUID> questions) {

  static final int MOST_QUESTIONS = 50;

  /// What a client says of it.
  @Schema(name = "DashboardDraft")
  public record Draft(
      @Schema(description = "1 to 200 characters", example = "Monday morning") String name,
      @Schema(description = "Up to 2,000 characters; default: empty") @Nullable String description,
      @Schema(description = "Ids of up to 50 saved questions, in their order")
          List<UUID> questions) {

    public Draft {
      name = Title.checkedName(name);
      description = Title.checkedDescription(description);
      questions = List.copyOf(questions);
      if (questions.size() > MOST_QUESTIONS || new HashSet<>(questions).size() < questions.size()) {
        throw ProblemException.invalidField(
            "questions", "questions must be up to %d ids, each once".formatted(MOST_QUESTIONS));
      }
    }
  }
}
