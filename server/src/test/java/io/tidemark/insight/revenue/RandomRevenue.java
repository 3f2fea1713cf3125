package io.tidemark.insight.revenue;

import io.tidemark.record.Fact;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
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

/// People who come from somewhere, do something and subscribe: at the same instant, or just as long
/// ago as is looked back. What is said of subscriptions comes in rounds, the newest last.
final class RandomRevenue {

  private static final int PEOPLE = 70;
  private static final int SUBSCRIPTIONS = 160;

  private final Random random;
  private final Instant start;
  private final Duration span;
  private final Duration lookback;
  private final List<List<SubscriptionState>> rounds = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();

  RandomRevenue(Random random, Instant start, Duration span, Duration lookback) {
    this.random = random;
    this.start = start;
    this.span = span;
    this.lookback = lookback;
    List<SubscriptionState> first = new ArrayList<>();
    for (int number = 0; number < SUBSCRIPTIONS; number++) {
      first.add(begun(number));
    }
    rounds.add(first);
    for (int round = 1; round < 4; round++) {
      rounds.add(rounds.getLast().stream().filter(each -> !isKept()).map(this::next).toList());
    }
    for (SubscriptionState each : first) {
      int touches = random.nextInt(8);
      for (int touch = 0; touch < touches; touch++) {
        facts.add(fact(each));
      }
    }
  }

  List<Fact> facts() {
    return facts;
  }

  /// What is said of each subscription at most once in a round; later in each that follows.
  List<List<SubscriptionState>> rounds() {
    return rounds;
  }

  private boolean isKept() {
    return random.nextBoolean();
  }

  private SubscriptionState begun(int number) {
    Instant at = start.plus((long) (random.nextDouble() * span.toMillis()), ChronoUnit.MILLIS);
    return new SubscriptionState(
        at,
        "sub-" + number,
        Person.user("user-" + random.nextInt(PEOPLE)),
        tier(),
        price(),
        currency(),
        "ACTIVE",
        random.nextInt(6) == 0 ? null : at,
        null);
  }

  private SubscriptionState next(SubscriptionState before) {
    Instant at = before.at().plus(1 + random.nextInt(300), ChronoUnit.HOURS);
    return new SubscriptionState(
        at,
        before.subscriptionId(),
        before.person(),
        tier(),
        price(),
        currency(),
        status(),
        null,
        random.nextInt(4) == 0 ? at.minus(1, ChronoUnit.HOURS) : null);
  }

  /// Most go on; one that has ended is often said to have ended again.
  private @Nullable String status() {
    return new @Nullable String[] {
          "CANCELED", " expired", "Expired", "ACTIVE", "past_due", "TRIALING", "", null
        }
        [random.nextInt(8)];
  }

  private Fact fact(SubscriptionState before) {
    Instant at =
        switch (random.nextInt(5)) {
          case 0 -> before.at();
          case 1 -> before.at().minus(lookback);
          case 2 -> before.at().minus(lookback).minus(1, ChronoUnit.MICROS);
          default -> before.at().plus(random.nextInt(240) - 200, ChronoUnit.HOURS);
        };
    String referrer =
        random.nextInt(3) == 0 ? null : "{\"referrer\": \"%s\"}".formatted(letter("abcde"));
    FactOrigin origin = new FactOrigin(at, null, before.person(), null, referrer);
    return random.nextBoolean()
        ? new FunnelStep(
            origin, "step-" + letter("xyz"), random.nextBoolean() ? letter("ef") : null)
        : new UserEvent(origin, "event-" + letter("xyz"), random.nextBoolean() ? "/p" : null);
  }

  private String letter(String of) {
    return String.valueOf(of.charAt(random.nextInt(of.length())));
  }

  private @Nullable String tier() {
    return random.nextInt(6) == 0 ? null : "tier-" + random.nextInt(3);
  }

  private @Nullable BigDecimal price() {
    return random.nextInt(8) == 0 ? null : BigDecimal.valueOf(5L + random.nextInt(3));
  }

  private @Nullable String currency() {
    return random.nextInt(8) == 0 ? null : random.nextBoolean() ? "EUR" : "CNY";
  }
}
