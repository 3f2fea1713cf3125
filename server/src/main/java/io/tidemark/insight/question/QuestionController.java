package io.tidemark.insight.question;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Questions over HTTP, each a document.
@RestController
@Tag(name = "Questions", description = "Questions as documents")
final class QuestionController {

  static final String PATH = "/api/v1/questions";
  static final String CSV = "text/csv";

  private final QuestionRequests questions;

  QuestionController(QuestionRequests questions) {
    this.questions = questions;
  }

  @Operation(
      summary = "Ask a question",
      description =
          """
          The document names the kind of question and says what to ask. Equal questions asked at the same time run once. A client
          that goes away stops its question. With Accept: text/csv the answer comes as rows, as many as there are; headers
          Tidemark-From, -To, -Zone, -As-Of and -Exact then say what JSON says first.
          """)
  @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  Object ask(
      InputStream body,
      @Parameter(
              description =
                  "Whether the answer tells the statements that were run, with time and rows")
          @RequestParam(defaultValue = "false")
          boolean explain,
      HttpServletRequest request,
      Authentication who)
      throws IOException {
    return questions.ask(StrictJson.text(body), explain, request, Audience.of(who));
  }

  @Operation(hidden = true)
  @PostMapping(path = PATH, produces = CSV)
  void askRows(
      InputStream body,
      @RequestParam(defaultValue = "false") boolean explain,
      HttpServletRequest request,
      HttpServletResponse response,
      Authentication who)
      throws IOException {
    QuestionRequests.requireNotExplained(explain);
    questions.writeRows(StrictJson.text(body), request, response, Audience.of(who));
  }
}
