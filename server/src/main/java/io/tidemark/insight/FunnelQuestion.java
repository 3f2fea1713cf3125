package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An ordered funnel: who took these steps one after the other.
///
/// The first step must lie in the range; the others follow within the window, measured from the
/// first step. Steps at the same instant count as ordered, and one completion is used for one step
/// only. Among the chains that end at an instant the one that began last is the best one, so it is
/// enough to carry the latest start from step to step: one scan, one sort. Source: the dynamic
/// programme is PostHog's funnel algorithm (funnel-udf/src/steps.rs) as stacked window functions.
///
/// Completions of one person at one instant are one row, so that their order does not matter: a
/// chain comes to a step from an earlier instant, or takes it at the instant of the step before. A
/// step that stands in the list again needs as many completions at the instant as the chain takes
/// of it there, so the steps taken there are counted from where the chain came in.
///
/// @param steps 1 to 16 steps, in order; a step may stand more than once
/// @param range in which the first step lies
/// @param window how long after the first step the others may follow
record FunnelQuestion(List<String> steps, TimeRange range, Duration window) {

  static final int MOST_STEPS = 16;
  static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
  static final Duration LONGEST_WINDOW = Duration.ofDays(366);
  private static final int LONGEST_STEP = 200;

  FunnelQuestion {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw ProblemException.invalidField(
          "steps", "steps must name 1 to %d steps, separated by commas".formatted(MOST_STEPS));
    }
    for (String step : steps) {
      if (step.isEmpty() || step.length() > LONGEST_STEP || step.indexOf(0) >= 0) {
        throw ProblemException.invalidField(
            "steps", "each step must have 1 to %d characters".formatted(LONGEST_STEP));
      }
    }
    if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw ProblemException.invalidField("window", "window must be from PT1S to P366D");
    }
  }

  /// One row: people and median seconds from the first step, for each step. Parameters, in order:
  /// every step, start of the range, end of the range plus window, the steps as an array, end of
  /// the range, then the window in seconds for each step but the first.
  String sql() {
    int count = steps.size();
    StringBuilder sql = new StringBuilder("WITH instant AS (SELECT user_key, ts");
    for (int i = 1; i <= count; i++) {
      sql.append(", count(*) FILTER (WHERE step = ?) AS times_%d".formatted(i));
    }
    sql.append(
        """
         FROM conversion_funnel
         WHERE ts >= ? AND ts < ? AND step = ANY (CAST(? AS text[])) AND user_key IS NOT NULL
         GROUP BY user_key, ts
        ), start_1 AS (SELECT *, CASE WHEN times_1 > 0 AND ts < ? THEN ts END AS began_1 FROM instant)
        """);
    for (int i = 2; i <= count; i++) {
      sql.append(
          """
          , carried_%1$d AS (SELECT *, max(began_%2$d) OVER person AS latest_%1$d FROM start_%2$d
              WINDOW person AS (PARTITION BY user_key ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
          , open_%1$d AS (SELECT *, CASE WHEN ts <= latest_%1$d + make_interval(secs => ?) THEN latest_%1$d END AS from_%1$d FROM carried_%1$d)
          , start_%1$d AS (SELECT *, CASE WHEN times_%1$d > 0 THEN greatest(from_%1$d, %3$s) END AS began_%1$d FROM open_%1$d)
          """
              .formatted(i, i - 1, beganAtSameInstant(i)));
    }
    sql.append(", person AS (SELECT user_key");
    for (int i = 1; i <= count; i++) {
      sql.append(", min(ts - began_%1$d) AS took_%1$d".formatted(i));
    }
    sql.append(" FROM start_%d GROUP BY user_key) SELECT /* insight.funnel */ ".formatted(count));
    for (int i = 1; i <= count; i++) {
      sql.append(i == 1 ? "" : ", ")
          .append(
              "count(took_%1$d), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM took_%1$d)::double precision)"
                  .formatted(i));
    }
    return sql.append(" FROM person").toString();
  }

  /// The latest start of the chains that take the step before at the same instant, given that the
  /// step itself was completed at it.
  private String beganAtSameInstant(int place) {
    if (steps.indexOf(steps.get(place - 1)) == place - 1) {
      return "began_%d".formatted(place - 1);
    }
    List<String> starts = new ArrayList<>();
    for (int entry = place - 1; entry >= 1; entry--) {
      starts.add(
          "CASE WHEN %s THEN %s END"
              .formatted(
                  canTake(entry, place), entry == 1 ? "began_1" : "from_%d".formatted(entry)));
    }
    return String.join(", ", starts);
  }

  /// Whether the instant has completions for all steps from one place to another.
  private String canTake(int first, int last) {
    List<String> taken = steps.subList(first - 1, last);
    return IntStream.rangeClosed(first, last)
        .filter(place -> taken.indexOf(steps.get(place - 1)) == place - first)
        .mapToObj(place ->
            "times_%d >= %d".formatted(place, Collections.frequency(taken, steps.get(place - 1))))
        .collect(Collectors.joining(" AND "));
  }
}
