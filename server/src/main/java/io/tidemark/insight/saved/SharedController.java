package io.tidemark.insight.saved;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tidemark.insight.question.QuestionRequests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a link shows, to whoever has it: neither key nor session is needed, and none gives more.
/// The documents of its questions are not told: filters may name people. People open the page
/// `/shared#TOKEN`, which asks here.
@RestController
@RequestMapping("/api/v1/shared/{token}")
@Tag(name = "Shared", description = "What a link shows to whoever has it")
final class SharedController {

  private final SavedQuestions saved;
  private final QuestionRequests questions;
  private final KeptAnswers answers;

  SharedController(SavedQuestions saved, QuestionRequests questions, KeptAnswers answers) {
    this.saved = saved;
    this.questions = questions;
    this.answers = answers;
  }

  @Operation(summary = "What the link shows: a question, or the questions of a dashboard")
  @SecurityRequirements
  @GetMapping
  ShareLink.Shared find(@PathVariable String token) {
    return saved.findShared(token);
  }

  @Operation(
      summary = "The answer to a question that the link shows",
      description =
          "The one that was kept, as /api/v1/saved-questions/{id}/answer gives it, people by pseudonyms; /answer.csv is for links to its rows.")
  @SecurityRequirements
  @GetMapping(path = "/questions/{id}/answer", produces = MediaType.APPLICATION_JSON_VALUE)
  Object answer(@PathVariable String token, @PathVariable UUID id, HttpServletRequest request) {
    SavedQuestions.SharedQuestion shared = saved.findShared(token, id);
    return answers.answer(shared.question(), request, shared.audience());
  }

  @Operation(hidden = true)
  @GetMapping(
      path = {"/questions/{id}/answer", "/questions/{id}/answer.csv"},
      produces = "text/csv")
  void answerRows(
      @PathVariable String token,
      @PathVariable UUID id,
      HttpServletRequest request,
      HttpServletResponse response) {
    SavedQuestions.SharedQuestion shared = saved.findShared(token, id);
    questions.writeRows(shared.document(), request, response, shared.audience());
  }
}
