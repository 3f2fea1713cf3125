package io.tidemark.insight.question;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tidemark.insight.Cancellation;
import io.tidemark.insight.Course;
import io.tidemark.insight.SharedAnswers;
import io.tidemark.platform.StatementTrace;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Where questions are asked, whoever asks them: reads the document, sees to it that equal
/// questions run once and that nothing runs for nobody. Thread-safe.
public final class QuestionDesk {

  private final QuestionDocuments documents;
  private final AnswerReader reader;
  private final HiddenPeople hidden;
  private final ToldAnswers told;
  private final int fewestPeople;
  private final InstantSource clock;
  private final JsonMapper mapper;
  private final SharedAnswers<SharedQuestion, Object> answers =
      new SharedAnswers<>(Ticker.systemTicker());

  /// What two askers must have in common to be given the same answer.
  private record SharedQuestion(Question question, boolean showsPeople) {}

  private record Explanation(List<StatementTrace.TracedStatement> statements) {}

  /// @param fewestPeople how many a list of people must have to be shown to those who may not see
  ///   who they are
  QuestionDesk(
      QuestionDocuments documents,
      AnswerReader reader,
      HiddenPeople hidden,
      ToldAnswers told,
      int fewestPeople,
      InstantSource clock,
      JsonMapper mapper) {
    this.documents = documents;
    this.reader = reader;
    this.hidden = hidden;
    this.told = told;
    this.fewestPeople = fewestPeople;
    this.clock = clock;
    this.mapper = mapper;
  }

  /// Whether it may be asked.
  ///
  /// @param showsPeople whether by somebody who may see who people are
  /// @throws io.tidemark.platform.ProblemException naming what is wrong with the document, or 403
  ///   `people_hidden` naming what says who people are
  public void check(String document, boolean showsPeople) {
    read(document, showsPeople);
  }

  /// The answer, to be sent as JSON.
  ///
  /// @throws io.tidemark.platform.ProblemException naming what is wrong with the document, or that
  ///   it took too long
  /// @throws io.tidemark.platform.ClientGoneException when the asker is gone
  public Object ask(String document, Asker asker) {
    return told.told(share(read(document, asker.showsPeople()), asker), asker.audience());
  }

  /// The answer to a question that is asked now, whoever else asks the same, as it may be kept: for
  /// everyone who may see as much. It is to be [#told] before it is sent.
  public Object askAnew(String document, boolean showsPeople, BooleanSupplier isGone) {
    return askAnew(read(document, showsPeople), showsPeople, isGone);
  }

  /// An answer that was asked anew, to be sent as JSON.
  public Object told(Object answer, Audience audience) {
    return told.told(answer, audience);
  }

  /// The answer, asked anew, with the statements that were run for it under `explain`.
  public Object explain(String document, Asker asker) {
    return explain(read(document, asker.showsPeople()), asker);
  }

  /// The answer as rows.
  public void writeRows(String document, Asker asker, RowSink rows) {
    writeRows(read(document, asker.showsPeople()), asker, told.told(rows, asker.audience()));
  }

  /// How many wait for answers that are shared.
  int waiting() {
    return answers.waiting();
  }

  private <Q extends Question, A> Object share(QuestionDocuments.Asked<Q, A> asked, Asker asker) {
    return answers.get(
        new SharedQuestion(asked.question(), asker.showsPeople()),
        asker.isGone(),
        cancellation -> answer(asked, asker.showsPeople(), cancellation));
  }

  private <Q extends Question, A> A askAnew(
      QuestionDocuments.Asked<Q, A> asked, boolean showsPeople, BooleanSupplier isGone) {
    return SharedAnswers.getAlone(isGone, cancellation -> answer(asked, showsPeople, cancellation));
  }

  private <Q extends Question, A> ObjectNode explain(
      QuestionDocuments.Asked<Q, A> asked, Asker asker) {
    StatementTrace trace = new StatementTrace();
    A answer =
        SharedAnswers.getAlone(
            asker.isGone(),
            cancellation -> trace.during(() -> answer(asked, asker.showsPeople(), cancellation)));
    ObjectNode explained = told.tree(answer, asker.audience());
    explained.set("explain", mapper.valueToTree(new Explanation(trace.statements())));
    return explained;
  }

  private <Q extends Question, A> A answer(
      QuestionDocuments.Asked<Q, A> asked, boolean showsPeople, Cancellation cancellation) {
    return reader.read(
        asked.answerer().kind().weight(),
        cancellation,
        course -> asked.answerer().answer(asked.question(), asking(showsPeople, course)));
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
                          asked.question(),
                          asking(asker.showsPeople(), course),
                          new TimedRows(rows, course)));
          return true;
        });
  }

  private QuestionDocuments.Asked<?, ?> read(String document, boolean showsPeople) {
    QuestionDocuments.Asked<?, ?> asked = documents.read(document);
    if (!showsPeople) {
      hidden.requireNone(asked.question());
    }
    return asked;
  }

  private Asking asking(boolean showsPeople, Course course) {
    return new Asking(clock.instant(), showsPeople, fewestPeople, course);
  }
}
