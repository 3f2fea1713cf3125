package io.tidemark.demo;

import io.tidemark.demo.SampleRecord.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A visit being written down: its clock, what was recorded so far, and who the visitor has become.
///
/// Every record has its own millisecond, so that the order of a visit is never in doubt. For one
/// thread.
final class Visit {

  private static final double THINKING_SPREAD = 0.6;

  private final String id;
  private final RandomGenerator random;
  private final double slowdown;
  private final double pace;
  private final Map<String, String> context = new LinkedHashMap<>();
  private final List<Session.Step> steps = new ArrayList<>();
  private final List<SampleRecord> open = new ArrayList<>();
  private Visitor visitor;
  private long nowMillis;
  private int recorded;

  /// @param slowdown how much longer the servers take than at ease
  /// @param pace how much faster than people this visitor thinks; 1 is a person
  Visit(Visitor visitor, Instant start, double slowdown, double pace, RandomGenerator random) {
    this.visitor = visitor;
    this.random = random;
    this.slowdown = slowdown;
    this.pace = pace;
    this.nowMillis = start.toEpochMilli();
    this.id = "s-" + Long.toHexString(random.nextLong());
    context.put("device", visitor.device());
    context.put("city", visitor.city());
  }

  Visitor visitor() {
    return visitor;
  }

  RandomGenerator random() {
    return random;
  }

  double slowdown() {
    return slowdown;
  }

  boolean happens(double chance) {
    return random.nextDouble() < chance;
  }

  /// Lets the visitor look and think, about that many seconds at a person's pace.
  void think(double medianSeconds) {
    pass(medianSeconds * 1_000 / pace * Chance.lognormal(random, THINKING_SPREAD));
  }

  /// Lets that much time pass.
  void pass(double millis) {
    nowMillis += Math.round(millis);
  }

  /// Asks the app's server, waits for the answer and records how long it took.
  Endpoint.Answer call(Endpoint endpoint) {
    Endpoint.Answer answer = endpoint.answer(random, slowdown);
    pass(answer.millis());
    open.add(new SampleRecord.Call(nextStamp(), answer));
    return answer;
  }

  void event(String eventType, String page) {
    open.add(new SampleRecord.Event(nextStamp(), eventType, page, context));
  }

  void event(String eventType, String page, Effect effect) {
    open.add(new SampleRecord.Event(nextStamp(), eventType, page, contextWith(effect)));
  }

  void funnelStep(String step, @Nullable Effect effect) {
    open.add(new SampleRecord.FunnelStep(nextStamp(), step, effect));
  }

  /// Records a measurement, kept to three decimals.
  void metric(String metric, double value, @Nullable String unit, String page) {
    open.add(new SampleRecord.Metric(nextStamp(), metric, rounded(value), unit, page, context));
  }

  void metric(String metric, double value, @Nullable String unit, String page, Effect effect) {
    Map<String, String> properties = contextWith(effect);
    open.add(new SampleRecord.Metric(nextStamp(), metric, rounded(value), unit, page, properties));
  }

  /// Tells the server who the member is and what they pay for.
  void introduce() {
    describeMember();
    Membership membership = visitor.membership();
    if (membership != null) {
      describe(membership, null);
    }
    visitor = visitor.asIntroduced();
  }

  /// Makes the member one of a paid tier and tells the server.
  void subscribe(Tier tier) {
    Membership membership = new Membership("sub-" + id, tier, Instant.ofEpochMilli(nowMillis));
    visitor = visitor.withMembership(membership);
    describe(membership, null);
    describeMember();
  }

  /// Makes the member a free one again and tells the server.
  void cancel(Membership membership) {
    visitor = visitor.withMembership(null);
    describe(membership, Instant.ofEpochMilli(nowMillis));
    describeMember();
  }

  /// Closes what belongs together: the app sends it in one go.
  void endStep() {
    if (!open.isEmpty()) {
      steps.add(new Session.Step(Instant.ofEpochMilli(nowMillis), open));
      open.clear();
    }
  }

  /// The visit as it stands; nothing is recorded after it.
  Session end() {
    endStep();
    return new Session(id, visitor, steps);
  }

  // What describes a member takes no number and no time: whether a visit is the first one of a
  // history must not change
  // the ids and timestamps of anything else in it.
  private void describeMember() {
    Stamp stamp = stamp(id + "-user-" + nowMillis);
    open.add(new SampleRecord.Person(stamp, visitor.tier(), context));
  }

  private void describe(Membership membership, @Nullable Instant endedAt) {
    Stamp stamp = stamp(membership.id());
    open.add(
        new SampleRecord.Subscription(stamp, membership.tier(), membership.startedAt(), endedAt));
  }

  private Stamp nextStamp() {
    nowMillis++;
    return stamp(id + "-" + recorded++);
  }

  private Stamp stamp(String recordId) {
    Instant timestamp = Instant.ofEpochMilli(nowMillis);
    return new Stamp(recordId, timestamp, visitor.userId(), visitor.anonymousId(), id);
  }

  private Map<String, String> contextWith(Effect effect) {
    Map<String, String> properties = new LinkedHashMap<>(context);
    properties.put("effect_id", effect.id());
    return properties;
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
