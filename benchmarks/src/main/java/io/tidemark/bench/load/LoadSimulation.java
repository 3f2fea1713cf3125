package io.tidemark.bench.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.doWhile;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.forever;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.tidemark.demo.AppVisit;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/// People of the sample app, each with a connection of their own that they keep, and dashboards
/// that refresh as the page does. Gatling makes it.
public final class LoadSimulation extends Simulation {

  private static final String VISIT = "visit";
  private static final String STATUS = "status";
  private static final String MILLIS = "millis";
  private static final String ACCEPTED = "accepted";
  private static final int SHORTEST_BREAK_SECONDS = 2;
  private static final int LONGEST_BREAK_SECONDS = 30;
  private static final String POSTING = "POST batch";

  /// The page asks what is live every 2 seconds and everything else every 10.
  private static final Duration LIVE_PAUSE = Duration.ofSeconds(2);

  private static final int LIVE_IN_A_ROW = 5;

  private final LoadPlan plan = LoadPlan.current();

  /// With everything but the number of users set by the plan.
  public LoadSimulation() {
    Duration whole = plan.rampUp().plus(plan.hold());
    setUp(
            people().injectOpen(rampUsers(plan.users()).during(plan.rampUp())),
            dashboards().injectOpen(rampUsers(plan.dashboards()).during(plan.rampUp())))
        .protocols(protocol())
        .maxDuration(whole.plusSeconds(1));
  }

  @Override
  public void before() {
    plan.timetable().begin();
  }

  @Override
  public void after() {
    plan.timetable().close();
  }

  private HttpProtocolBuilder protocol() {
    return http.baseUrl(plan.address().toString())
        .disableWarmUp()
        .disableCaching()
        .disableFollowRedirect()
        .disableAutoReferer()
        .acceptHeader("application/json")
        .userAgentHeader("tidemark-load");
  }

  private ScenarioBuilder people() {
    HttpRequestActionBuilder post =
        http(POSTING)
            .post("/api/v1/batch")
            .header("Authorization", "Bearer " + plan.secretKey())
            .header("Content-Type", "application/json")
            .body(StringBody(session -> visit(session).next().body()))
            .check(
                status().saveAs(STATUS),
                responseTimeInMillis().saveAs(MILLIS),
                regex("\"accepted\":\\s*(\\d+)").withDefault("0").saveAs(ACCEPTED));
    return scenario("people")
        .exec(
            forever()
                .on(
                    exec(session -> session.set(VISIT, plan.visits().next())),
                    doWhile(session -> !visit(session).isOver())
                        .on(
                            pause(LoadSimulation::untilNextPost),
                            exec(LoadSimulation::forget),
                            exec(post),
                            exec(this::countPost)),
                    pause(session -> aBreak())));
  }

  private ScenarioBuilder dashboards() {
    return scenario("dashboards")
        .exec(
            forever()
                .on(
                    reading("endpoints"),
                    reading("api-trend"),
                    reading("metrics"),
                    reading("funnel-steps"),
                    reading("funnel"),
                    reading("coverage"),
                    repeat(LIVE_IN_A_ROW).on(reading("live"), pause(LIVE_PAUSE))));
  }

  private ChainBuilder reading(String question) {
    String kind = "GET " + question;
    return exec(LoadSimulation::forget)
        .exec(
            http(kind)
                .get("/api/v1/insights/" + question)
                .header("Authorization", "Bearer " + plan.readKey())
                .check(status().saveAs(STATUS), responseTimeInMillis().saveAs(MILLIS)))
        .exec(session -> count(session, kind));
  }

  private Session countPost(Session session) {
    AppVisit visit = visit(session);
    if (session.contains(STATUS) && session.getInt(STATUS) == 200) {
      String accepted = session.getString(ACCEPTED);
      plan.tally()
          .recorded(visit.next().records(), accepted == null ? 0 : Integer.parseInt(accepted));
    }
    visit.advance();
    return count(session, POSTING);
  }

  private Session count(Session session, String kind) {
    if (!session.contains(STATUS)) {
      plan.tally().failed(kind, "no answer");
      return session.markAsSucceeded();
    }
    int status = session.getInt(STATUS);
    if (status == 200) {
      plan.tally().answered(kind, session.getInt(MILLIS));
    } else {
      plan.tally().failed(kind, "answered with " + status);
    }
    return session.markAsSucceeded();
  }

  /// What the last request left.
  private static Session forget(Session session) {
    return session.removeAll(STATUS, MILLIS, ACCEPTED);
  }

  private static AppVisit visit(Session session) {
    AppVisit visit = session.get(VISIT);
    if (visit == null) {
      throw new IllegalStateException("This user makes no visit");
    }
    return visit;
  }

  private static Duration untilNextPost(Session session) {
    Duration left = Duration.between(Instant.now(), visit(session).next().at());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration aBreak() {
    return Duration.ofMillis(
        ThreadLocalRandom.current()
            .nextLong(SHORTEST_BREAK_SECONDS * 1_000L, LONGEST_BREAK_SECONDS * 1_000L));
  }
}
