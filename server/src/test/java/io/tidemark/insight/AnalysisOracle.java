package io.tidemark.insight;

import static java.util.stream.Collectors.groupingBy;

import io.tidemark.record.CapturedRecord;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the views for analysis are to say of some records, found by looking at every record for
/// every row.
///
/// @param records in the order of their arrival
/// @param userKeys everyone there is
record AnalysisOracle(List<CapturedRecord> records, Map<Person, Long> userKeys) {

  private static final List<String> CONVERTING = List.of("result_download", "result_downloaded");

  record Journey(
      long userKey,
      long sessions,
      long successful,
      @Nullable Double rate,
      @Nullable Double processing) {}

  record Behavior(
      LocalDate date, String metric, double average, long downloads, long shares, long people) {}

  record Revenue(
      long userKey,
      String session,
      Instant start,
      Instant end,
      long steps,
      int completed,
      @Nullable String tier,
      @Nullable BigDecimal value,
      LocalDate date) {}

  /// What somebody did in a client's session until it was silent for more than 24 hours.
  private record Session(Person person, String id, List<FunnelStep> steps) {}

  List<Journey> journeys() {
    List<Journey> rows = new ArrayList<>();
    for (Map.Entry<Person, Long> known : userKeys.entrySet()) {
      List<List<FunnelStep>> sessions =
          sessions().stream()
              .filter(session -> session.person().equals(known.getKey()))
              .map(Session::steps)
              .toList();
      long successful =
          sessions.stream()
              .filter(steps -> steps.stream().anyMatch(step -> CONVERTING.contains(step.step())))
              .count();
      double[] samples =
          all(MetricSample.class).stream()
              .filter(sample -> known.getKey().equals(sample.origin().person()))
              .filter(sample -> sample.metric().equals("effect_processing_time"))
              .mapToDouble(MetricSample::value)
              .toArray();
      rows.add(
          new Journey(
              known.getValue(),
              sessions.size(),
              successful,
              sessions.isEmpty() ? null : (double) successful / sessions.size(),
              mean(samples)));
    }
    return rows;
  }

  List<Behavior> behaviors() {
    List<Behavior> rows = new ArrayList<>();
    Map<LocalDate, Map<String, List<MetricSample>>> byDay =
        all(MetricSample.class).stream()
            .collect(groupingBy(sample -> day(sample.origin()), groupingBy(MetricSample::metric)));
    byDay.forEach((day, byMetric) ->
        byMetric.forEach((metric, samples) -> {
          Set<Person> people = people(samples);
          rows.add(
              new Behavior(
                  day,
                  metric,
                  Objects.requireNonNull(
                      mean(samples.stream().mapToDouble(MetricSample::value).toArray())),
                  both(people, day, "result_download"),
                  both(people, day, "result_share"),
                  people.size()));
        }));
    return rows;
  }

  List<Revenue> revenues() {
    List<Revenue> rows = new ArrayList<>();
    for (Session session : sessions()) {
      List<FunnelStep> steps = session.steps();
      Instant start = steps.getFirst().origin().at();
      Instant end = steps.getLast().origin().at();
      long userKey = Objects.requireNonNull(userKeys.get(session.person()));
      SubscriptionState bought = bought(session.person(), start, end);
      rows.add(
          new Revenue(
              userKey,
              session.id(),
              start,
              end,
              steps.size(),
              steps.stream().anyMatch(step -> step.step().equals("result_share")) ? 1 : 0,
              bought == null ? null : bought.tier(),
              bought == null ? null : bought.price(),
              start.atOffset(ZoneOffset.UTC).toLocalDate()));
    }
    return rows;
  }

  private @Nullable SubscriptionState bought(Person person, Instant start, Instant end) {
    return subscriptions().values().stream()
        .filter(each -> each.now().person().equals(person))
        .filter(each -> !each.starts().isAfter(end) && each.ends().isAfter(start))
        .max(
            Comparator.comparing(SubscriptionOracle::starts)
                .thenComparing(each -> each.now().subscriptionId()))
        .map(SubscriptionOracle::now)
        .orElse(null);
  }

  private Map<String, SubscriptionOracle> subscriptions() {
    Map<String, SubscriptionOracle> known = new HashMap<>();
    for (CapturedRecord each : records) {
      if (each instanceof SubscriptionState said) {
        SubscriptionOracle before = known.get(said.subscriptionId());
        if (before == null) {
          known.put(said.subscriptionId(), new SubscriptionOracle(said));
        } else {
          before.say(said);
        }
      }
    }
    return known;
  }

  private List<Session> sessions() {
    List<FunnelStep> steps =
        all(FunnelStep.class).stream()
            .filter(step -> step.origin().person() != null && step.origin().sessionId() != null)
            .sorted(Comparator.comparing(step -> step.origin().at()))
            .toList();
    List<Session> sessions = new ArrayList<>();
    for (FunnelStep step : steps) {
      sessions.stream()
          .filter(session -> isNextOf(session, step))
          .findAny()
          .ifPresentOrElse(
              session -> session.steps().add(step),
              () ->
                  sessions.add(
                      new Session(
                          Objects.requireNonNull(step.origin().person()),
                          Objects.requireNonNull(step.origin().sessionId()),
                          new ArrayList<>(List.of(step)))));
    }
    return sessions;
  }

  private static boolean isNextOf(Session session, FunnelStep step) {
    Instant last = session.steps().getLast().origin().at();
    return session.person().equals(step.origin().person())
        && session.id().equals(step.origin().sessionId())
        && !step.origin().at().isAfter(last.plus(Duration.ofHours(24)));
  }

  private long both(Set<Person> people, LocalDate day, String eventType) {
    List<UserEvent> events =
        all(UserEvent.class).stream()
            .filter(event -> event.eventType().equals(eventType) && day(event.origin()).equals(day))
            .toList();
    return people(events).stream().filter(people::contains).count();
  }

  private static Set<Person> people(Collection<? extends Fact> facts) {
    Set<Person> people = new HashSet<>();
    for (Fact fact : facts) {
      Person person = fact.origin().person();
      if (person != null) {
        people.add(person);
      }
    }
    return people;
  }

  private <F extends Fact> List<F> all(Class<F> type) {
    return records.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static LocalDate day(FactOrigin origin) {
    return origin.at().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static @Nullable Double mean(double[] samples) {
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    return samples.length == 0 ? null : sum / samples.length;
  }
}
