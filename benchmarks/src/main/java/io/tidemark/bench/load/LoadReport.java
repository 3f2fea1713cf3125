package io.tidemark.bench.load;

import java.util.Map;
import java.util.Optional;

/// What came out of a load test.
///
/// @param conditions machine, versions and settings, by name
/// @param resources what server and database took; empty when they could not be seen
/// @param ending why the server ended meanwhile, which it should not
record LoadReport(
    Map<String, String> conditions, LoadPlan plan, String resources, Optional<String> ending) {

  /// Whether everyone arrived and was measured, by a server that held out.
  boolean isFine() {
    return isMeasured() && ending.isEmpty();
  }

  private boolean isMeasured() {
    return plan.tally().seconds() > 0 && plan.tally().latencies().requests() > 0;
  }

  String text() {
    Tally tally = plan.tally();
    double seconds = tally.seconds();
    StringBuilder text = new StringBuilder();
    ending.ifPresent(reason -> text.append(reason).append("\n\n"));
    conditions.forEach((name, value) -> text.append("%-12s %s%n".formatted(name, value)));
    if (!isMeasured()) {
      return text.append("\nNothing was measured: it ended before everyone had arrived.\n")
          .toString();
    }
    text.append(
        "%n%,d people and %,d dashboards, measured for %.0f s after they had arrived%n%n"
            .formatted(plan.users(), plan.dashboards(), seconds));
    text.append(tally.latencies().table(seconds)).append('\n');
    text.append(
        "error rate                   %.3f %%%n".formatted(100 * tally.latencies().errorRate()));
    text.append("records stored               %,.0f/s%n".formatted(tally.stored() / seconds));
    if (tally.refused() > 0) {
      text.append("records not stored           %,d%n".formatted(tally.refused()));
    }
    text.append(resources);
    tally
        .latencies()
        .failures()
        .forEach((reason, count) -> text.append("%,d × %s%n".formatted(count, reason)));
    if (tally.unmeasuredFailures() > 0) {
      text.append(
          "%,d requests failed before or after the measured time%n"
              .formatted(tally.unmeasuredFailures()));
    }
    return text.toString();
  }
}
