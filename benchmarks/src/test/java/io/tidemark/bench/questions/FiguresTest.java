package io.tidemark.bench.questions;

import static io.tidemark.bench.questions.Question.Figure.EXACT;
import static io.tidemark.bench.questions.Question.Figure.PERCENTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bench.questions.Question.Source.Http;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

  private static final Http SOURCE =
      new Http("x", "items", List.of("name", "sequence"), List.of("count", "p95"));

  @Test
  void of_anAnswer_areWhatSqlSays() {
    Figures tidemark =
        tidemark(
            "{\"items\": [{\"name\": \"s-1\", \"sequence\": [\"a\", \"b\"], \"count\": 2, \"p95\": 100.5}]}");
    Figures report = report(List.of(List.of("s-1", "a,b", 2L, 100.0)));

    assertThat(tidemark.differencesFrom(report, List.of(EXACT, PERCENTILE))).isEmpty();
  }

  @Test
  void differences_areOneOff_orMoreThanOnePercent() {
    Figures tidemark =
        tidemark(
            """
            {"items": [{"name": "a", "sequence": [], "count": 3, "p95": 100},
                       {"name": "b", "sequence": [], "count": 2, "p95": 102}]}
            """);
    Figures report = report(List.of(List.of("a", "", 2L, 100.0), List.of("b", "", 2L, 100.0)));

    assertThat(tidemark.differencesFrom(report, List.of(EXACT, PERCENTILE)))
        .containsExactlyInAnyOrder("a · : 3.0, report 2.0", "b · : 102.0, report 100.0");
  }

  @Test
  void differences_rowsThatOnlyOneHas_areTold() {
    Figures tidemark =
        tidemark("{\"items\": [{\"name\": \"a\", \"sequence\": [], \"count\": 1, \"p95\": 1}]}");
    Figures report = report(List.of(List.of("b", "", 1L, 1.0)));

    assertThat(tidemark.differencesFrom(report, List.of(EXACT, PERCENTILE)))
        .containsExactlyInAnyOrder("a · : only Tidemark has it", "b · : Tidemark does not have it");
  }

  @Test
  void differences_aRowToldTwice_isOne() {
    Figures tidemark =
        tidemark(
            """
            {"items": [{"name": "a", "sequence": [], "count": 1, "p95": 1}, {"name": "a", "sequence": [], "count": 1, "p95": 1}]}
            """);

    assertThat(
            tidemark.differencesFrom(
                report(List.of(List.of("a", "", 1L, 1.0))), List.of(EXACT, PERCENTILE)))
        .containsExactly("a ·  · again: only Tidemark has it");
  }

  @Test
  void differences_aFigureThatIsMissing_isOne() {
    Figures tidemark = tidemark("{\"items\": [{\"name\": \"a\", \"sequence\": [], \"count\": 1}]}");

    assertThat(
            tidemark.differencesFrom(
                report(List.of(List.of("a", "", 1L, 1.0))), List.of(EXACT, PERCENTILE)))
        .hasSize(1);
  }

  private static Figures tidemark(String json) {
    return Figures.of(JsonMapper.builder().build().readTree(json), SOURCE);
  }

  private static Figures report(List<List<@Nullable Object>> rows) {
    return Figures.of(rows, 2);
  }
}
