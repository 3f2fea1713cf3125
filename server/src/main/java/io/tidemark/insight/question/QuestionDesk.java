package io.tidemark.insight.question;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tidemark.insight.Cancellation;
import io.tidemark.insight.Course;
import io.tidemark.insight.SharedAnswers;
import io.tidemark.platform.StatementTrace;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Where questions are asked, whoever asks them: reads the document, sees to it that equal
/// questions run once and that nothing runs for nobody. Thread-safe.
public final class QuestionDesk {

  private final QuestionDocuments documents;
  private final AnswerReader reader;
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;
  private final JsonMapper mapper;
  private final SharedAnswers<SharedQuestion, Object> answers =
      new SharedAnswers<>(Ticker.systemTicker());

  /// What two askers must have in common to be given the same answer.
  private record SharedQuestion(Question question, boolean showsPeople) {}

  private record Explanation(List<StatementTrace.TracedStatement> statements) {}

  QuestionDesk(
      QuestionDocuments documents,
      AnswerReader reader,
      Pseudonyms pseudonyms,
      InstantSource clock,
      JsonMapper mapper) {
    this.documents = documents;
    this.reader = reader;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
    this.mapper = mapper;
  }

  /// @throws io.tidemark.platform.ProblemException naming what is wrong with the document
  public void check(String document) {
    documents.read(document);
  }

  /// The answer, to be sent as JSON.
  ///
  /// @throws io.tidemark.platform.ProblemException naming what is wrong with the document, or that
  ///   it took too long
  /// @throws io.tidemark.platform.ClientGoneException when the asker is gone
  public Object ask(String document, Asker asker) {
    return share(documents.read(document), asker);
  }

  /// The answer to a question that is asked now, whoever else asks the same.
  public Object askAnew(String document, Asker asker) {
    return askAnew(documents.read(document), asker);
  }

  /// The answer, asked anew, with the statements that were run for it under `explain`.
  public Object explain(String document, Asker asker) {
    return explain(documents.read(document), asker);
  }

  /// The answer as rows.
  public void writeRows(String document, Asker asker, RowSink rows) {
    writeRows(documents.read(document), asker, rows);
  }

  /// How many wait for answers that are shared.
  int waiting() {
    return answers.waiting();
  }

  private <Q extends Question, A> Object share(QuestionDocuments.Asked<Q, A> asked, Asker asker) {
    return answers.get(
        new SharedQuestion(asked.question(), asker.showsPeople()),
        asker.isGone(),
        cancellation -> answer(asked, asker, cancellation));
  }

  private <Q extends Question, A> A askAnew(QuestionDocuments.Asked<Q, A> asked, Asker asker) {
    return SharedAnswers.getAlone(
        asker.isGone(), cancellation -> answer(asked, asker, cancellation));
  }

  private <Q extends Question, A> ObjectNode explain(
      QuestionDocuments.Asked<Q, A> asked, Asker asker) {
    StatementTrace trace = new StatementTrace();
    A answer =
        SharedAnswers.getAlone(
            asker.isGone(), cancellation -> trace.during(() -> answer(asked, asker, cancellation)));
    ObjectNode told = mapper.valueToTree(answer);
    told.set("explain", mapper.valueToTree(new Explanation(trace.statements())));
    return told;
  }

  private <Q extends Question, A> A answer(
      QuestionDocuments.Asked<Q, A> asked, Asker asker, Cancellation cancellation) {
    return reader.read(
        asked.answerer().kind().weight(),
        cancellation,
        course -> asked.answerer().answer(asked.question(), asking(asker, course)));
  }

  private <Q extends Question, A> void writeRows(
      QuestionDocuments.Asked<Q, A> asked, Asker asker, RowSink rows) {
    SharedAnswers.getAlone(
        asker.isGone(),
        cancellation -> {
          reader.stream(
              cancellation,
              course ->
                  asked
                      .answerer()
                      .writeRows(
                          asked.question(), asking(asker, course), new TimedRows(rows, course)));
          return true;
        });
  }

  private Asking asking(Asker asker, Course course) {
    return new Asking(clock.instant(), asker.showsPeople(), pseudonyms, course);
  }
}
