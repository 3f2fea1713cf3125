package io.tidemark.insight;

import io.tidemark.platform.ProblemException;
import java.time.Duration;
import java.util.List;

/// An ordered funnel: who took these steps one after the other.
///
/// The first step must lie in the range; the others follow within the window, measured from the
/// first step. Steps at the same instant count as ordered, and one completion is used for one step
/// only. Among the chains that end at a completion the one that began last is the best one, so it
/// is enough to carry the latest start from step to step: one scan, one sort. Source: the dynamic
/// programme is PostHog's funnel algorithm (funnel-udf/src/steps.rs) as stacked window functions.
///
/// @param steps 1 to 16 steps, in order; a step may stand more than once
/// @param range in which the first step lies
/// @param window how long after the first step the others may follow
record FunnelQuestion(List<String> steps, TimeRange range, Duration window) {

  static final int MOST_STEPS = 16;
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
    if (!window.isPositive() || window.compareTo(LONGEST_WINDOW) > 0) {
      throw ProblemException.invalidField("window", "window must be from PT1S to P366D");
    }
  }

  /// One row: people and median seconds from the first step, for each step. Parameters, in order:
  /// every step, start of the range, end of the range plus window, the steps as an array, end of
  /// the range, then the window in seconds for each step but the first.
  String sql() {
    int count = steps.size();
    StringBuilder sql = new StringBuilder("WITH completion AS (SELECT user_key, ts");
    StringBuilder rank = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      sql.append(", step = ? AS is_%d".formatted(i));
      rank.append(" WHEN is_%d THEN %d".formatted(i, i));
    }
    sql.append(
        """
         FROM conversion_funnel
         WHERE ts >= ? AND ts < ? AND step = ANY (CAST(? AS text[])) AND user_key IS NOT NULL
        ), ordered AS (SELECT *, CASE%s END AS place FROM completion)
        , start_1 AS (SELECT *, CASE WHEN is_1 AND ts < ? THEN ts END AS began_1 FROM ordered)
        """
            .formatted(rank));
    for (int i = 2; i <= count; i++) {
      sql.append(
          """
          , carried_%1$d AS (SELECT *, max(began_%2$d) OVER person AS latest_%1$d FROM start_%2$d
              WINDOW person AS (PARTITION BY user_key ORDER BY ts, place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
          , start_%1$d AS (SELECT *, CASE WHEN is_%1$d AND ts <= latest_%1$d + make_interval(secs => ?) THEN latest_%1$d END AS began_%1$d FROM carried_%1$d)
          """
              .formatted(i, i - 1));
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
}
