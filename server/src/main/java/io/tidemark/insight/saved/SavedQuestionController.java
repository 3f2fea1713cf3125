package io.tidemark.insight.saved;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tidemark.insight.question.Audience;
import io.tidemark.insight.question.QuestionRequests;
import io.tidemark.insight.question.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Saved questions over HTTP.
@RestController
@RequestMapping("/api/v1/saved-questions")
@Tag(name = "Saved", description = "Questions and dashboards that are kept and shared")
final class SavedQuestionController {

  private final SavedQuestions saved;
  private final QuestionRequests questions;
  private final KeptAnswers answers;
  private final StrictJson json;

  SavedQuestionController(
      SavedQuestions saved, QuestionRequests questions, KeptAnswers answers, StrictJson json) {
    this.saved = saved;
    this.questions = questions;
    this.answers = answers;
    this.json = json;
  }

  @Operation(summary = "All saved questions, by name")
  @GetMapping
  List<SavedQuestion> list(Authentication who) {
    return saved.list(who);
  }

  @Operation(
      summary = "Save a question",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = SavedQuestion.Draft.class))))
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  SavedQuestion create(InputStream body, Authentication who) throws IOException {
    return saved.create(json.read(body, SavedQuestion.Draft.class), who);
  }

  @Operation(summary = "A saved question")
  @GetMapping("/{id}")
  SavedQuestion find(@PathVariable UUID id, Authentication who) {
    return saved.find(id, who);
  }

  @Operation(
      summary = "Change a saved question",
      description = "Its owner may, and people who are signed in.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = SavedQuestion.Draft.class))))
  @PutMapping("/{id}")
  SavedQuestion change(@PathVariable UUID id, InputStream body, Authentication who)
      throws IOException {
    return saved.change(id, json.read(body, SavedQuestion.Draft.class), who);
  }

  @Operation(
      summary = "Delete a saved question",
      description = "It leaves its dashboards; its links show nothing any more.")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id, Authentication who) {
    saved.delete(id, who);
  }

  @Operation(
      summary = "Ask a saved question",
      description =
          """
          As /api/v1/questions answers it. JSON is the answer that was kept, if it is younger than 15 minutes or 300 times as long
          as it took, and is asked again for the next one who opens it; its freshness says how old it is. With Cache-Control:
          no-cache it is asked now. CSV and explain always are; /answer.csv is for links to its rows.
          """)
  @GetMapping(path = "/{id}/answer", produces = MediaType.APPLICATION_JSON_VALUE)
  Object answer(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean explain,
      HttpServletRequest request,
      Authentication who) {
    SavedQuestion question = saved.find(id);
    return explain
        ? questions.ask(question.document().toString(), true, request, Audience.of(who))
        : answers.answer(question, request, Audience.of(who));
  }

  @Operation(hidden = true)
  @GetMapping(
      path = {"/{id}/answer", "/{id}/answer.csv"},
      produces = "text/csv")
  void answerRows(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean explain,
      HttpServletRequest request,
      HttpServletResponse response,
      Authentication who) {
    QuestionRequests.requireNotExplained(explain);
    questions.writeRows(saved.find(id).document().toString(), request, response, Audience.of(who));
  }

  @Operation(summary = "The links to a saved question, without their tokens")
  @GetMapping("/{id}/links")
  List<ShareLink> listLinks(@PathVariable UUID id, Authentication who) {
    return saved.listLinks(ShareLinkStore.Target.ofQuestion(id), who);
  }

  @Operation(
      summary = "Make a link to a saved question",
      description = "Whoever has it sees the answers without a key, people by pseudonyms.")
  @PostMapping("/{id}/links")
  @ResponseStatus(HttpStatus.CREATED)
  ShareLink.New share(@PathVariable UUID id, Authentication who) {
    return saved.share(ShareLinkStore.Target.ofQuestion(id), who);
  }

  @Operation(summary = "Revoke a link to a saved question, at once")
  @DeleteMapping("/{id}/links/{link}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable UUID id, @PathVariable UUID link, Authentication who) {
    saved.revoke(ShareLinkStore.Target.ofQuestion(id), link, who);
  }
}
