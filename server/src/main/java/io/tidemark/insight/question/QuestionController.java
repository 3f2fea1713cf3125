package io.tidemark.insight.question;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tidemark.platform.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Questions over HTTP, each a document.
@RestController
@Tag(name = "Questions", description = "Questions as documents")
final class QuestionController {

  private static final int MOST_BYTES = 64 * 1024;

  private final QuestionDocuments documents;
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;

  QuestionController(QuestionDocuments documents, Pseudonyms pseudonyms, InstantSource clock) {
    this.documents = documents;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  @Operation(summary = "Ask a question")
  @PostMapping(path = "/api/v1/questions", produces = MediaType.APPLICATION_JSON_VALUE)
  Object ask(InputStream body) throws IOException {
    return answer(documents.read(read(body)));
  }

  private <Q extends Question, A> A answer(QuestionDocuments.Asked<Q, A> asked) {
    return asked
        .answerer()
        .answer(asked.question(), new Asking(clock.instant(), false, pseudonyms));
  }

  private static String read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw ProblemException.of(
          HttpStatus.CONTENT_TOO_LARGE,
          "document_too_large",
          "A question has at most %d bytes".formatted(MOST_BYTES));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
