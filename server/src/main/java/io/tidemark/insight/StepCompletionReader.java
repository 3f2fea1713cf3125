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
      WITH segment AS (SELECT * FROM %s), completion AS (
        SELECT step, sum(completions) AS completions
          FROM segment JOIN funnel_rollup USING (grain)
         WHERE bucket >= starts_at AND bucket < ends_at
         GROUP BY step
      ), chunk AS (
        SELECT key AS step, bit_count(bit_or(people)) AS people
          FROM segment JOIN people_rollup USING (grain)
         WHERE fact = 'conversion_funnel' AND bucket >= starts_at AND bucket < ends_at
         GROUP BY key, chunk
      )
      SELECT /* insight.funnel-steps */ step, completions,
             coalesce((SELECT sum(people) FROM chunk WHERE chunk.step = completion.step), 0) AS people
        FROM completion
      """
          .formatted(RangeCover.SEGMENTS);

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
