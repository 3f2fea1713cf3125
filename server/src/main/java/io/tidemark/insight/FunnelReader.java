package io.tidemark.insight;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The funnel: completions by step from rollups, the ordered funnel of people from detail.
/// Thread-safe.
final class FunnelReader {

  /// @param people distinct, exact
  record StepCompletions(String step, long completions, long people) {}

  /// @param people how many reached the step in order, within the window
  /// @param dropOff how many reached the step before and not this one
  /// @param medianSecondsFromFirst half of them needed less than this from the first step to this
  ///   one; null when nobody reached it
  record FunnelStepResult(
      String step,
      long people,
      double conversionFromFirst,
      double conversionFromPrevious,
      long dropOff,
      @Nullable Double medianSecondsFromFirst) {}

  private static final String COMPLETIONS =
      """
      SELECT /* insight.funnel-steps */ step, sum(completions)
        FROM %s %s
       GROUP BY step
      """
          .formatted(RangeCover.SEGMENTS, RangeCover.rowsOf("funnel_rollup", "step, completions"));

  private final JdbcClient jdbc;
  private final PeopleReader people;

  FunnelReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.people = new PeopleReader(jdbc);
  }

  /// Each step that was completed: those of `order` first, in that order, then the others by
  /// completions.
  List<StepCompletions> readCompletions(RangeCover cover, List<String> order) {
    Map<String, Long> peopleByStep = people.countByKey(cover, "conversion_funnel");
    List<StepCompletions> steps =
        new ArrayList<>(
            jdbc.sql(COMPLETIONS)
                .params(cover.parameters())
                .query((row, number) ->
                    new StepCompletions(
                        row.getString(1),
                        row.getLong(2),
                        peopleByStep.getOrDefault(row.getString(1), 0L)))
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

  /// How many people took the steps in order.
  List<FunnelStepResult> readFunnel(FunnelQuestion question) {
    return jdbc.sql(question.sql())
        .params(parameters(question))
        .query((row, number) -> {
          List<FunnelStepResult> results = new ArrayList<>();
          long first = row.getLong(1);
          long previous = first;
          for (int i = 0; i < question.steps().size(); i++) {
            long people = row.getLong(2 * i + 1);
            double median = row.getDouble(2 * i + 2);
            results.add(
                new FunnelStepResult(
                    question.steps().get(i),
                    people,
                    share(people, first),
                    share(people, previous),
                    previous - people,
                    people == 0 ? null : median));
            previous = people;
          }
          return results;
        })
        .single();
  }

  static List<Object> parameters(FunnelQuestion question) {
    List<Object> parameters = new ArrayList<>(question.steps());
    parameters.add(question.range().fromUtc());
    parameters.add(question.range().to().plus(question.window()).atOffset(ZoneOffset.UTC));
    parameters.add(question.steps().toArray(new String[0]));
    parameters.add(question.range().toUtc());
    for (int step = 1; step < question.steps().size(); step++) {
      parameters.add(question.window().toMillis() / 1000.0);
    }
    return parameters;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
