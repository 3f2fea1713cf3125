package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionsReportTest {

  private static final Question QUESTION = Questions.all().getFirst();
  private static final Question DOCUMENT = DocumentQuestions.all().getFirst();

  @Test
  void text_tellsTimesRatioAndFreshness() {
    Asked asked =
        new Asked(QUESTION, List.of(2.0, 4.0, 3.0), List.of(30.0), List.of(0.0, 90.0, 5.0));

    String text =
        new QuestionsReport(
                Map.of("machine", "this one"),
                List.of(asked),
                List.of(
                    new Agreement(QUESTION, 5, List.of()), new Agreement(DOCUMENT, 0, List.of())),
                null)
            .text();

    assertThat(text)
        .contains("machine      this one")
        .containsPattern(
            "C1 .*3\\.00 \\(2\\.00–4\\.00, most 4\\.00\\) +30\\.0 \\(30\\.0–30\\.0, most 30\\.0\\) +10\\.0 +3 +5 \\(p95 90, most 90\\)")
        .containsPattern("C1 +the same in all of 5 rows")
        .containsPattern("F30 +not compared");
  }

  @Test
  void text_answersThatDiffer_saysSoLoudly() {
    Asked asked = new Asked(QUESTION, List.of(1.0), List.of(), List.of());
    QuestionsReport report =
        new QuestionsReport(
            Map.of(),
            List.of(asked),
            List.of(new Agreement(QUESTION, 5, List.of("LCP: 2, report 3"))),
            null);

    assertThat(report.isSame()).isFalse();
    assertThat(report.text()).contains("NOT THE SAME: 1 differences in 5 rows", "LCP: 2, report 3");
  }

  @Test
  void isSame_nothingCompared_isNot() {
    assertThat(new QuestionsReport(Map.of(), List.of(), List.of(), null).isSame()).isFalse();
    assertThat(
            new QuestionsReport(
                    Map.of(), List.of(), List.of(new Agreement(DOCUMENT, 0, List.of())), null)
                .isSame())
        .isFalse();
    assertThat(
            new QuestionsReport(
                    Map.of(), List.of(), List.of(new Agreement(QUESTION, 5, List.of())), null)
                .isSame())
        .isTrue();
  }
}
