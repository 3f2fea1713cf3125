package io.tidemark.insight.question;

/// Answers one kind of question; a bean for each. Thread-safe.
///
/// Both methods run in a transaction of their own that sees one state of the database, on a thread
/// that may be neither that of the request nor that of any one asker. Statements run through a
/// `JdbcClient` of the DataSource `question` are part of it: they are cancelled after the time of
/// their class or when nobody waits any more.
///
/// @param <A> a record with an [AnswerHead] in it; equal questions asked at the same time share it,
///   so it is immutable
public interface Answerer<Q extends Question, A> {

  QuestionKind<Q, A> kind();

  /// @throws io.tidemark.platform.ProblemException naming the field that is wrong
  A answer(Q question, Asking asking);

  /// The answer as rows, columns first. May go on where the JSON of the answer ends; rows are to be
  /// written as they are read, never collected, since there may be millions.
  ///
  /// @throws io.tidemark.platform.ProblemException naming the field that is wrong
  void writeRows(Q question, Asking asking, RowSink rows);
}
