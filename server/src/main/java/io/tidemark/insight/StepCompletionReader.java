package io.tidemark.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Completions of funnel steps, in whatever order they came, from rollups. Thread-safe.
final class StepCompletionReader {

  /// @param people distinct, exact
  record StepCompletions(String step, long completions, long people) {}

  private static final String COMPLETIONS =
      """
      WITH /* insight.funnel-steps */ segment AS (SELECT * FROM %s), completed AS (
        SELECT step, sum(completions) AS completions
          FROM segment %s
         GROUP BY step
      ), chunk AS (
        SELECT key AS step, bit_count(bit_or(people)) AS people
          FROM segment %s
         GROUP BY key, chunk
      )
      SELECT step, completions, coalesce(people, 0)
        FROM completed LEFT JOIN (SELECT step, sum(people) AS people FROM chunk GROUP BY step) AS reached USING (step)
      """
          .formatted(
              RangeCover.SEGMENTS,
              RangeCover.rowsOf("funnel_rollup", "step, completions"),
              RangeCover.rowsOf(
                  "people_rollup", "key, chunk, people", "fact = 'conversion_funnel'"));

  private final JdbcClient jdbc;

  StepCompletionReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Each step that was completed: those of `order` first, in that order, then the others by
  /// completions.
  List<StepCompletions> readCompletions(RangeCover cover, List<String> order) {
    List<StepCompletions> steps =
        new ArrayList<>(
            jdbc.sql(COMPLETIONS)
                .params(cover.parameters())
                .query((row, number) ->
                    new StepCompletions(row.getString(1), row.getLong(2), row.getLong(3)))
                .list());
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
