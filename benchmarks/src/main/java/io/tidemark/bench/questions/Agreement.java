package io.tidemark.bench.questions;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Whether Tidemark says what the report's schema says.
///
/// @param compared rows that were compared; 0 when there is nothing to compare with
/// @param differences in words; empty when all is the same
record Agreement(Question question, int compared, List<String> differences) {

  Agreement {
    differences = List.copyOf(differences);
  }

  boolean isSame() {
    return differences.isEmpty();
  }

  boolean isCompared() {
    return question.checkSql() != null;
  }

  /// Asks both about the range that Tidemark's answer says it is about, which may be wider than
  /// what was asked.
  static Agreement check(Question question, QuestionRange range, TidemarkApi api, SqlQuestions sql)
      throws IOException, SQLException {
    String checkSql = question.checkSql();
    if (checkSql == null) {
      return new Agreement(question, 0, List.of());
    }
    int count = question.figures().size();
    return switch (question.tidemark()) {
      case Question.Source.Http source -> {
        JsonNode answer = api.parse(api.ask(source.path(range)));
        Figures report = Figures.of(sql.ask(checkSql, told(answer, range)).rows(), count);
        yield compare(question, Figures.of(answer, source), report);
      }
      case Question.Source.Document document ->
          throw new IllegalStateException("Answers to documents are not compared: " + document);
      case Question.Source.View view -> {
        QuestionRange days = range.wholeDays();
        yield compare(
            question,
            Figures.of(sql.ask(view.sql(), days).rows(), count),
            Figures.of(sql.ask(checkSql, days).rows(), count));
      }
    };
  }

  /// This one and another of the same question.
  Agreement and(Agreement other) {
    return new Agreement(
        question,
        compared + other.compared,
        differences.isEmpty() ? other.differences : differences);
  }

  private static Agreement compare(Question question, Figures tidemark, Figures report) {
    return new Agreement(
        question, report.rows().size(), tidemark.differencesFrom(report, question.figures()));
  }

  private static QuestionRange told(JsonNode answer, QuestionRange asked) {
    JsonNode range = answer.path("range");
    return new QuestionRange(
        Instant.parse(range.path("from").asString()),
        Instant.parse(range.path("to").asString()),
        asked.userId());
  }
}
