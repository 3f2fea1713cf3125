package io.tidemark.bench.load;

import io.tidemark.demo.AppVisits;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a load test does. Gatling makes the simulation itself, without arguments; so the plan waits
/// for it in a place that both know.
///
/// @param users people of the sample app at the same time
/// @param dashboards pages that are kept open on a dashboard
/// @param rampUp in which the people arrive; not measured
/// @param hold in which they are all there; measured
record LoadPlan(
    URI address,
    String secretKey,
    String readKey,
    int users,
    int dashboards,
    Duration rampUp,
    Duration hold,
    AppVisits visits,
    Tally tally,
    Timetable timetable) {

  private static final AtomicReference<@Nullable LoadPlan> CURRENT = new AtomicReference<>();

  void makeCurrent() {
    CURRENT.set(this);
  }

  static LoadPlan current() {
    LoadPlan plan = CURRENT.get();
    if (plan == null) {
      throw new IllegalStateException("The simulation is started by the command `load` alone");
    }
    return plan;
  }
}
