package io.tidemark.insight.question;

import io.tidemark.platform.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the documents that questions are asked with. Thread-safe.
final class QuestionDocuments {

  private static final String KIND = "question";

  /// A question with the one who answers it.
  record Asked<Q extends Question, A>(Q question, Answerer<Q, A> answerer) {}

  private final StrictJson json;
  private final Map<String, Answerer<?, ?>> answerers = new TreeMap<>();

  QuestionDocuments(StrictJson json, List<Answerer<?, ?>> answerers) {
    this.json = json;
    for (Answerer<?, ?> answerer : answerers) {
      if (this.answerers.put(answerer.kind().name(), answerer) != null) {
        throw new IllegalStateException("Two answerers for the question " + answerer.kind().name());
      }
    }
  }

  /// Names of all kinds.
  Set<String> kinds() {
    return answerers.keySet();
  }

  /// @throws NoSuchElementException when there is none of that name
  QuestionKind<?, ?> kind(String name) {
    return Optional.<Answerer<?, ?>>ofNullable(answerers.get(name)).orElseThrow().kind();
  }

  /// @throws ProblemException naming what is wrong with the document
  Asked<?, ?> read(String document) {
    ObjectNode fields = json.readObject(document);
    JsonNode kind = fields.remove(KIND);
    Answerer<?, ?> answerer =
        kind == null || !kind.isString() ? null : answerers.get(kind.asString());
    if (answerer == null) {
      throw ProblemException.invalidField(
          KIND, "question must be one of " + String.join(", ", answerers.keySet()));
    }
    return asked(answerer, fields);
  }

  private <Q extends Question, A> Asked<Q, A> asked(Answerer<Q, A> answerer, ObjectNode fields) {
    return new Asked<>(json.read(fields, answerer.kind().question()), answerer);
  }
}
