package io.tidemark.insight;

import io.tidemark.rollup.DetailParts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Completions of funnel steps, in whatever order they came, from rollups. Thread-safe.
final class StepCompletionReader {

  /// @param people distinct, exact
  record StepCompletions(String step, long completions, long people) {}

  private static final String COMPLETIONS =
      """
      SELECT /* insight.funnel-steps */ step, sum(completions)
        FROM %s %s
       GROUP BY step
      """
          .formatted(RangeCover.SEGMENTS, RangeCover.rowsOf("funnel_rollup", "step, completions"));

  private static final String DETAIL =
      """
      SELECT /* insight.funnel-steps */ step, sum(completions)
        FROM (%s) AS part
       GROUP BY step
      """
          .formatted(
              DetailParts.of("funnel_rollup", "conversion_funnel", RangeCover.DETAIL_SEGMENTS));

  private final JdbcClient jdbc;
  private final PeopleReader people;

  StepCompletionReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.people = new PeopleReader(jdbc);
  }

  /// Each step that was completed: those of `order` first, in that order, then the others by
  /// completions.
  List<StepCompletions> readCompletions(RangeCover cover, List<String> order) {
    Map<String, Long> peopleByStep = people.countByKey(cover, "conversion_funnel");
    Map<String, Long> completions = new HashMap<>();
    RowCallbackHandler add = row -> completions.merge(row.getString(1), row.getLong(2), Long::sum);
    jdbc.sql(COMPLETIONS).params(cover.parameters()).query(add);
    if (!cover.detail().isEmpty()) {
      jdbc.sql(DETAIL).params(cover.detailParameters()).query(add);
    }
    List<StepCompletions> steps = new ArrayList<>();
    completions.forEach((step, count) ->
        steps.add(new StepCompletions(step, count, peopleByStep.getOrDefault(step, 0L))));
    ToIntFunction<StepCompletions> place =
        completed -> {
          int index = order.indexOf(completed.step());
          return index < 0 ? order.size() : index;
        };
    steps.sort(
        Comparator.comparingInt(place)
            .thenComparing(StepCompletions::completions, Comparator.reverseOrder())
            .thenComparing(StepCompletions::step));
    return steps;
  }
}
