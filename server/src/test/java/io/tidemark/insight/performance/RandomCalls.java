package io.tidemark.insight.performance;

import io.tidemark.record.ApiCall;
import io.tidemark.record.Fact;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// People who call, wait and convert in bursts, with pauses as long as sessions bear and a
/// microsecond longer; some without a session, some of nobody, some in two sessions at once.
final class RandomCalls {

  private static final double[] MILLIS = {20, 50, 100, 250, 300, 400, 1_000, 1_000.5, 7_000};
  private static final String[] DEVICES = {
    "phone", "desktop", "tv", "tv".repeat(150), "tv".repeat(150) + "s"
  };
  private static final int PEOPLE = 60;

  private final Random random;
  private final Instant start;
  private final Duration span;

  RandomCalls(Random random, Instant start, Duration span) {
    this.random = random;
    this.start = start;
    this.span = span;
  }

  List<Fact> facts(int count) {
    List<Fact> facts = new ArrayList<>();
    while (facts.size() < count) {
      burst(facts);
    }
    return facts;
  }

  List<SubscriptionState> subscriptions() {
    List<SubscriptionState> subscriptions = new ArrayList<>();
    for (int number = 0; number < PEOPLE; number++) {
      Instant begun = at();
      subscriptions.add(
          new SubscriptionState(
              begun.plus(Duration.ofHours(random.nextInt(40))),
              "sub-" + number,
              Person.user("user-" + random.nextInt(PEOPLE)),
              "pro",
              random.nextInt(6) == 0 ? null : new BigDecimal(9 + random.nextInt(3)),
              new String[] {"CNY", "EUR", null}[random.nextInt(3)],
              new String[] {"CANCELED", "ACTIVE", "PAUSED", null}[random.nextInt(4)],
              random.nextInt(3) == 0 ? null : begun,
              random.nextInt(3) == 0 ? begun.plus(Duration.ofHours(random.nextInt(30))) : null));
    }
    return subscriptions;
  }

  private void burst(List<Fact> facts) {
    Person person = random.nextInt(8) == 0 ? null : Person.user("user-" + random.nextInt(PEOPLE));
    String session = random.nextBoolean() ? null : "session-" + random.nextInt(40);
    Instant at = at();
    String other = random.nextBoolean() ? session : "session-" + random.nextInt(40);
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      facts.add(fact(at, person, random.nextInt(3) == 0 ? other : session));
      at =
          switch (random.nextInt(8)) {
            case 0, 1 -> at;
            case 2 -> at.plus(30, ChronoUnit.MINUTES);
            case 3 -> at.plus(30, ChronoUnit.MINUTES).plus(1, ChronoUnit.MICROS);
            case 4 -> at.plus(24, ChronoUnit.HOURS);
            default -> at.plus(random.nextInt(1_000_000_000), ChronoUnit.MICROS);
          };
    }
    if (person != null && random.nextInt(30) == 0) {
      allDay(facts, person);
    }
  }

  /// Without a pause for more than 24 hours.
  private void allDay(List<Fact> facts, Person person) {
    Instant at = at();
    for (int call = 0; call < 60; call++) {
      facts.add(call(new FactOrigin(at, null, person, null, null)));
      at = at.plus(30, ChronoUnit.MINUTES);
    }
  }

  private Fact fact(Instant at, @Nullable Person person, @Nullable String session) {
    String said =
        random.nextInt(4) == 0
            ? "{\"device\": \"%s\"}".formatted(DEVICES[random.nextInt(DEVICES.length)])
            : null;
    FactOrigin origin = new FactOrigin(at, null, person, session, said);
    return switch (random.nextInt(9)) {
      case 0 -> new FunnelStep(origin, random.nextBoolean() ? "download" : "visit", null);
      case 1 -> new UserEvent(origin, random.nextBoolean() ? "bought" : "page_view", null);
      case 2 -> new MetricSample(origin, "LCP", millis(), random.nextBoolean() ? "ms" : null, null);
      case 3 -> new MetricSample(origin, "FID", millis(), "ms", null);
      default -> call(origin);
    };
  }

  private ApiCall call(FactOrigin origin) {
    return new ApiCall(
        origin,
        "/api/" + random.nextInt(4),
        "GET",
        200,
        random.nextInt(12) == 0 ? null : millis(),
        null);
  }

  private double millis() {
    return MILLIS[random.nextInt(MILLIS.length)];
  }

  private Instant at() {
    return start.plus((long) (random.nextDouble() * span.toMillis()), ChronoUnit.MILLIS);
  }
}
