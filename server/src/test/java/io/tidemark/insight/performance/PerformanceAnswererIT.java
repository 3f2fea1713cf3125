package io.tidemark.insight.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.SubscriptionOracle;
import io.tidemark.insight.performance.PerformanceAnswer.Bucket;
import io.tidemark.insight.performance.PerformanceAnswer.Endpoint;
import io.tidemark.insight.performance.PerformanceAnswer.Revenue;
import io.tidemark.insight.performance.PerformanceAnswer.Stratum;
import io.tidemark.insight.performance.PerformanceOracle.Session;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
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
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of random sessions equals what looking at each of them says.
class PerformanceAnswererIT {

  private static final Instant START = Instant.parse("2026-02-26T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(5);
  private static final Instant NOW = START.plus(SPAN);

  private static PeopleDatabase database;
  private static List<Fact> facts;
  private static List<SubscriptionState> subscriptions;
  private static PerformanceAnswerer answerer;

  /// Has to take people in parts.
  private static PerformanceAnswerer crampedAnswerer;

  @BeforeAll
  static void fill() throws Exception {
    database = new PeopleDatabase(NOW);
    RandomCalls calls = new RandomCalls(new Random(31), START, SPAN);
    facts = calls.facts(4_000);
    subscriptions = calls.subscriptions();
    List<CapturedRecord> records = new ArrayList<>(facts);
    records.addAll(subscriptions);
    database.store(records, new Random(32));
    answerer = answerer(PerformanceEngine.MOST_BYTES);
    crampedAnswerer = answerer(10_000);
  }

  private static PerformanceAnswerer answerer(long mostBytes) {
    PerformanceReader reader = new PerformanceReader(database.jdbc());
    return new PerformanceAnswerer(
        new PerformanceEngine(new MeasureReader(database.template()), reader, mostBytes), reader);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answer_randomQuestions_equalsEverySessionLookedAt(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      PerformanceQuestion question = question(random);

      PerformanceAnswerer asked = round % 3 == 0 ? crampedAnswerer : answerer;
      PerformanceAnswer answer = asked.answer(question, PeopleDatabase.askedAt(NOW));

      List<Session> sessions = oracle(question, answer).sessions();
      assertThat(sessions).isNotEmpty();
      assertThat(answer.overall()).as("%s", question).isEqualTo(conversion(sessions));
      assertCurve(question, answer, sessions);
      if (question.metric() == null) {
        assertEndpoints(question, answer, sessions);
      } else {
        assertThat(answer.endpoints()).isEmpty();
      }
    }
  }

  @Test
  void answer_noSessions_namesNoEndpoint() {
    PerformanceQuestion question =
        new PerformanceQuestion(
            new AskedTime("2026-01-01"),
            new AskedTime("2026-01-02"),
            null,
            EventSelector.step("s"),
            null,
            null,
            List.of(),
            null,
            null,
            null);

    PerformanceAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(NOW));

    assertThat(answer.overall().sessions()).isZero();
    assertThat(answer.largest()).isNull();
    assertThat(answer.finding()).isEqualTo("association");
  }

  private static void assertCurve(
      PerformanceQuestion question, PerformanceAnswer answer, List<Session> sessions) {
    Set<@Nullable String> shown =
        answer.curve().stream()
            .filter(each -> !each.isAll() && !each.isOther())
            .map(Stratum::value)
            .collect(Collectors.toSet());
    for (Stratum stratum : answer.curve()) {
      List<Session> of =
          sessions.stream()
              .filter(each ->
                  stratum.isAll()
                      || (stratum.isOther()
                          ? !shown.contains(each.device())
                          : Objects.equals(stratum.value(), each.device())))
              .toList();
      assertThat(of).as("%s", question).isNotEmpty();
      assertThat(stratum.buckets()).hasSize(question.bounds().size() + 1);
      for (Bucket bucket : stratum.buckets()) {
        List<Session> inside =
            of.stream()
                .filter(each -> bucket.from() == null || each.p75() >= bucket.from())
                .filter(each -> bucket.to() == null || each.p75() < bucket.to())
                .toList();
        assertThat(bucket.conversion())
            .as("%s %s", question, stratum.value())
            .isEqualTo(conversion(inside));
      }
    }
    if (question.breakdown() != null) {
      long values = sessions.stream().map(Session::device).distinct().count();
      assertThat(answer.curve().size())
          .isEqualTo(1 + (int) Math.min(values, question.breakdown().shown() + 1L));
    }
  }

  private static void assertEndpoints(
      PerformanceQuestion question, PerformanceAnswer answer, List<Session> sessions) {
    Set<String> met =
        sessions.stream()
            .flatMap(each -> each.met().stream())
            .map(each -> ((ApiCall) each).endpoint())
            .collect(Collectors.toSet());
    assertThat(answer.endpoints().stream().map(Endpoint::endpoint))
        .containsExactlyInAnyOrderElementsOf(met);
    for (Endpoint endpoint : answer.endpoints()) {
      assertThat(endpoint.slowAboveMs()).isEqualTo(limit(question, answer, endpoint.endpoint()));
      List<Session> touched =
          sessions.stream().filter(each -> each.worst(endpoint.endpoint()) != null).toList();
      List<Session> slow = touched.stream().filter(each -> isSlow(each, endpoint)).toList();
      List<Session> fast = touched.stream().filter(each -> !isSlow(each, endpoint)).toList();
      assertThat(endpoint.slow()).isEqualTo(conversion(slow));
      assertThat(endpoint.fast()).isEqualTo(conversion(fast));
      Set<Person> people =
          slow.stream()
              .filter(each -> each.who() instanceof Person)
              .map(each -> (Person) each.who())
              .collect(Collectors.toSet());
      assertThat(endpoint.people()).isEqualTo(people.size());
      assertThat(endpoint.revenue()).isEqualTo(revenue(people, answer));
      assertFewer(question, endpoint, slow, fast);
    }
    assertThat(
            answer.endpoints().stream()
                .map(Endpoint::fewerConversions)
                .filter(Objects::nonNull)
                .toList())
        .isSortedAccordingTo((one, other) -> Double.compare(other, one));
  }

  private static void assertFewer(
      PerformanceQuestion question, Endpoint endpoint, List<Session> slow, List<Session> fast) {
    double fewer = 0;
    long compared = 0;
    for (Session each : slow) {
      List<Session> alike = ofStratum(question, fast, each);
      if (!alike.isEmpty()) {
        compared++;
        fewer += Objects.requireNonNull(conversion(alike).rate()) - (each.isConverted() ? 1 : 0);
      }
    }
    if (compared == 0) {
      assertThat(endpoint.fewerConversions()).isNull();
      assertThat(endpoint.difference()).isNull();
      return;
    }
    assertThat(Objects.requireNonNull(endpoint.fewerConversions())).isEqualTo(fewer, within(1e-6));
    assertThat(Objects.requireNonNull(endpoint.difference()))
        .isEqualTo(fewer / compared, within(1e-9));
    assertThat(Objects.requireNonNull(endpoint.differenceLow()))
        .isLessThan(Objects.requireNonNull(endpoint.differenceHigh()));
  }

  private static List<Session> ofStratum(
      PerformanceQuestion question, List<Session> sessions, Session like) {
    return sessions.stream()
        .filter(
            each -> question.breakdown() == null || Objects.equals(each.device(), like.device()))
        .toList();
  }

  private static boolean isSlow(Session session, Endpoint endpoint) {
    return Objects.requireNonNull(session.worst(endpoint.endpoint())) > endpoint.slowAboveMs();
  }

  private static double limit(
      PerformanceQuestion question, PerformanceAnswer answer, String endpoint) {
    if (!question.isSlowByP95()) {
      return question.slowAboveMillis();
    }
    List<Double> values =
        facts.stream()
            .filter(each -> each instanceof ApiCall call && call.endpoint().equals(endpoint))
            .filter(each -> isTimed(each) && isIn(each, answer))
            .map(PerformanceOracle::value)
            .sorted()
            .toList();
    return values.get((int) Math.ceil(0.95 * values.size()) - 1);
  }

  private static List<Revenue> revenue(Set<Person> people, PerformanceAnswer answer) {
    Instant from = answer.head().range().from().toInstant();
    Instant to = answer.head().range().to().toInstant();
    List<Revenue> revenue = new ArrayList<>();
    for (@Nullable String currency : new String[] {"CNY", "EUR", null}) {
      List<SubscriptionState> paid =
          subscriptions.stream()
              .filter(each -> people.contains(each.person()) && each.price() != null)
              .filter(each -> Objects.equals(each.currency(), currency))
              .filter(each -> new SubscriptionOracle(each).starts().isBefore(to))
              .filter(each -> new SubscriptionOracle(each).ends().isAfter(from))
              .toList();
      if (!paid.isEmpty()) {
        revenue.add(
            new Revenue(
                currency,
                paid.stream()
                    .map(each -> Objects.requireNonNull(each.price()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add),
                paid.size()));
      }
    }
    return revenue;
  }

  private static Conversion conversion(List<Session> sessions) {
    return Conversion.of(sessions.size(), sessions.stream().filter(Session::isConverted).count());
  }

  private static PerformanceOracle oracle(PerformanceQuestion question, PerformanceAnswer answer) {
    Predicate<Fact> converts =
        question.conversion().step() == null
            ? each -> each instanceof UserEvent event && event.eventType().equals("bought")
            : each -> each instanceof FunnelStep step && step.step().equals("download");
    return new PerformanceOracle(
        facts,
        answer.head().range().from().toInstant(),
        answer.head().range().to().toInstant(),
        question.convertsWithin(),
        question.metric() == null
            ? PerformanceAnswererIT::isTimed
            : each -> each instanceof MetricSample sample && sample.metric().equals("LCP"),
        converts);
  }

  private static boolean isTimed(Fact fact) {
    return fact instanceof ApiCall call && call.responseTimeMillis() != null;
  }

  private static boolean isIn(Fact fact, PerformanceAnswer answer) {
    Instant at = fact.origin().at();
    return !at.isBefore(answer.head().range().from().toInstant())
        && at.isBefore(answer.head().range().to().toInstant());
  }

  private static PerformanceQuestion question(Random random) {
    Instant from = START.plus(random.nextInt(40), ChronoUnit.HOURS);
    Instant to = from.plus(20 + random.nextInt(70), ChronoUnit.HOURS);
    return new PerformanceQuestion(
        new AskedTime(from.toString()),
        new AskedTime(to.toString()),
        null,
        random.nextBoolean() ? EventSelector.step("download") : EventSelector.event("bought"),
        List.of(Duration.ZERO, Duration.ofMinutes(30), Duration.ofHours(5)).get(random.nextInt(3)),
        random.nextInt(3) == 0 ? "LCP" : null,
        random.nextBoolean() ? List.of() : List.of(50.0, 400.0),
        random.nextInt(3) == 0 ? SlowRule.OWN_P95 : null,
        random.nextBoolean() ? null : 300.0,
        random.nextBoolean() ? null : new Breakdown("device", null, null, 1 + random.nextInt(4)));
  }
}
