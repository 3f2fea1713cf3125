package io.tidemark.insight.question;

import java.util.List;

/// A kind of question.
///
/// @param name as documents say it, such as `api-totals`
/// @param summary one line for the description of the API
/// @param question what documents are read into
/// @param answer what answers are
/// @param weight how long it may run; as CSV every question may run as long as an export
/// @param examples whole documents, as JSON; each is shown in the description of the API
public record QuestionKind<Q extends Question, A>(
    String name,
    String summary,
    Class<Q> question,
    Class<A> answer,
    WeightClass weight,
    List<String> examples) {

  public QuestionKind {
    examples = List.copyOf(examples);
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("A kind of question needs an example: " + name);
    }
  }
}
