package io.tidemark.insight.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.SubscriptionOracle;
import io.tidemark.insight.revenue.RevenueAnswer.Attribution;
import io.tidemark.insight.revenue.RevenueAnswer.Change;
import io.tidemark.insight.revenue.RevenueAnswer.Revenue;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.record.Fact;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is said of random subscriptions equals what looking at each of them says.
class RevenueAnswererIT {

  private static final Instant START = Instant.parse("2026-02-10T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(60);
  private static final Instant NOW = START.plus(SPAN).plus(Duration.ofDays(60));
  private static final Duration LOOKBACK = Duration.ofDays(5);

  private static PeopleDatabase database;
  private static List<Fact> facts;
  private static final Map<String, SubscriptionOracle> SUBSCRIPTIONS = new HashMap<>();
  private static final List<List<SubscriptionState>> CHANGES = new ArrayList<>();
  private static RevenueAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    database = new PeopleDatabase(NOW);
    RandomRevenue revenue = new RandomRevenue(new Random(51), START, SPAN, LOOKBACK);
    facts = revenue.facts();
    database.store(facts, new Random(52));
    for (List<SubscriptionState> round : revenue.rounds()) {
      database.store(round, new Random(53));
      round.forEach(RevenueAnswererIT::remember);
    }
    answerer =
        new RevenueAnswerer(
            new AttributionReader(database.jdbc()), new SubscriptionReader(database.jdbc()));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource(AttributedTo.class)
  void answer_randomQuestions_attributesEachSubscriptionOnce(AttributedTo by) {
    Random random = new Random(by.name().length());
    for (int round = 0; round < 8; round++) {
      RevenueQuestion question = question(random, by);

      RevenueAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(NOW));

      List<SubscriptionState> begun = now().filter(each -> isIn(each.startedAt(), answer)).toList();
      assertThat(begun).isNotEmpty();
      assertThat(answer.began()).isEqualTo(revenue(begun));
      assertThat(
              answer.attributed().stream()
                  .flatMap(each -> each.revenue().stream())
                  .mapToLong(Revenue::subscriptions)
                  .sum())
          .isEqualTo(begun.size());
      assertAttributed(question, answer, begun);
      assertThat(answer.ended())
          .isEqualTo(
              revenue(
                  SUBSCRIPTIONS.values().stream()
                      .filter(each -> isIn(each.ends(), answer))
                      .map(SubscriptionOracle::now)
                      .toList()));
      assertThat(answer.changed()).containsExactlyInAnyOrderElementsOf(changes(answer));
      assertThat(answer.undated())
          .isEqualTo(now().filter(each -> each.startedAt() == null).count());
    }
  }

  private static void assertAttributed(
      RevenueQuestion question, RevenueAnswer answer, List<SubscriptionState> begun) {
    Map<@Nullable String, List<SubscriptionState>> byValue = new HashMap<>();
    begun.forEach(each ->
        byValue.computeIfAbsent(value(question, each), absent -> new ArrayList<>()).add(each));
    Comparator<Map.Entry<@Nullable String, List<SubscriptionState>>> most =
        Comparator.comparingInt(each -> -each.getValue().size());
    List<Map.Entry<@Nullable String, List<SubscriptionState>>> ordered =
        byValue.entrySet().stream()
            .sorted(
                most.thenComparing(
                    Map.Entry::getKey, Comparator.nullsLast(Comparator.naturalOrder())))
            .toList();
    int shown = Math.min(question.said().shown(), ordered.size());
    List<Attribution> expected = new ArrayList<>();
    for (Map.Entry<@Nullable String, List<SubscriptionState>> each : ordered.subList(0, shown)) {
      expected.add(new Attribution(each.getKey(), false, revenue(each.getValue())));
    }
    if (shown < ordered.size()) {
      expected.add(
          new Attribution(
              null,
              true,
              revenue(
                  ordered.subList(shown, ordered.size()).stream()
                      .flatMap(each -> each.getValue().stream())
                      .toList())));
    }
    assertThat(answer.attributed()).as("%s", question).isEqualTo(expected);
  }

  private static @Nullable String value(RevenueQuestion question, SubscriptionState of) {
    Instant began = Objects.requireNonNull(of.startedAt());
    List<Fact> before =
        facts.stream()
            .filter(each -> of.person().equals(each.origin().person()))
            .filter(each -> !each.origin().at().isAfter(began))
            .filter(each -> !each.origin().at().isBefore(began.minus(question.looksBack())))
            .toList();
    boolean isFirst = question.attributedTo() == AttributedTo.FIRST_TOUCH;
    return switch (question.attributedTo()) {
      case TIER -> of.tier();
      case EFFECT ->
          touch(before, false, each -> each instanceof FunnelStep step ? step.effectId() : null);
      case FIRST_TOUCH, LAST_TOUCH ->
          touch(before, isFirst, each -> isTouch(question, each) ? said(question, each) : null);
      case JOURNEY -> journey(before);
    };
  }

  private static @Nullable String journey(List<Fact> before) {
    Set<String> steps =
        before.stream()
            .filter(FunnelStep.class::isInstance)
            .map(FunnelStep.class::cast)
            .sorted(
                Comparator.<FunnelStep, Instant>comparing(each -> each.origin().at())
                    .thenComparing(FunnelStep::step))
            .map(FunnelStep::step)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return steps.isEmpty() ? null : String.join(" > ", steps);
  }

  private static @Nullable String touch(
      List<Fact> before, boolean isFirst, Function<Fact, @Nullable String> said) {
    Comparator<Fact> byTime = Comparator.comparing(each -> each.origin().at());
    return before.stream()
        .filter(each -> said.apply(each) != null)
        .min(
            (isFirst ? byTime : byTime.reversed())
                .thenComparing(each -> Objects.requireNonNull(said.apply(each))))
        .map(said)
        .orElse(null);
  }

  private static boolean isTouch(RevenueQuestion question, Fact fact) {
    EventSelector touches = question.touches();
    return switch (fact) {
      case FunnelStep step -> step.step().equals(touches.step());
      case UserEvent event ->
          touches.step() == null
              && (touches.event() == null || event.eventType().equals(touches.event()));
      default -> false;
    };
  }

  private static @Nullable String said(RevenueQuestion question, Fact fact) {
    if (question.said().property() == null) {
      return fact instanceof UserEvent event ? event.page() : ((FunnelStep) fact).effectId();
    }
    String properties = fact.origin().properties();
    return properties == null ? null : properties.replaceAll(".*: \"(.*)\".*", "$1");
  }

  private static List<Change> changes(RevenueAnswer answer) {
    Map<List<@Nullable String>, List<List<SubscriptionState>>> kinds =
        CHANGES.stream()
            .filter(each -> isIn(each.getLast().at(), answer))
            .filter(each ->
                differ(each, SubscriptionState::tier)
                    || differ(each, SubscriptionState::price)
                    || differ(each, SubscriptionState::currency))
            .collect(
                Collectors.groupingBy(each ->
                    Arrays.<@Nullable String>asList(
                        each.getFirst().tier(),
                        each.getLast().tier(),
                        each.getFirst().currency(),
                        each.getLast().currency())));
    return kinds.entrySet().stream()
        .map(each ->
            new Change(
                each.getKey().get(0),
                each.getKey().get(1),
                each.getKey().get(2),
                each.getKey().get(3),
                each.getValue().size(),
                sum(each.getValue().stream().map(List::getFirst)),
                sum(each.getValue().stream().map(List::getLast))))
        .toList();
  }

  private static boolean differ(
      List<SubscriptionState> change, Function<SubscriptionState, @Nullable Object> of) {
    Object before = of.apply(change.getFirst());
    Object after = of.apply(change.getLast());
    return before != null && after != null && !before.equals(after);
  }

  private static List<Revenue> revenue(Collection<SubscriptionState> subscriptions) {
    return Stream.of("CNY", "EUR", "")
        .map(currency ->
            subscriptions.stream()
                .filter(each -> currency.equals(Objects.requireNonNullElse(each.currency(), "")))
                .toList())
        .filter(of -> !of.isEmpty())
        .map(of ->
            new Revenue(
                of.getFirst().currency(),
                of.size(),
                of.stream().map(SubscriptionState::person).distinct().count(),
                sum(of.stream())))
        .toList();
  }

  private static BigDecimal sum(Stream<SubscriptionState> of) {
    return of.map(each -> Objects.requireNonNullElse(each.price(), BigDecimal.ZERO))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Stream<SubscriptionState> now() {
    return SUBSCRIPTIONS.values().stream().map(SubscriptionOracle::now);
  }

  private static boolean isIn(@Nullable Instant at, RevenueAnswer answer) {
    return at != null
        && !at.isBefore(answer.head().range().from().toInstant())
        && at.isBefore(answer.head().range().to().toInstant());
  }

  private static void remember(SubscriptionState said) {
    SubscriptionOracle known = SUBSCRIPTIONS.get(said.subscriptionId());
    if (known == null) {
      SUBSCRIPTIONS.put(said.subscriptionId(), new SubscriptionOracle(said));
      return;
    }
    SubscriptionState before = known.now();
    known.say(said);
    CHANGES.add(List.of(before, known.now()));
  }

  private static RevenueQuestion question(Random random, AttributedTo by) {
    Instant from = START.plus(random.nextInt(30 * 24), ChronoUnit.HOURS);
    Instant to = from.plus(24 * 10 + random.nextInt(24 * 40), ChronoUnit.HOURS);
    boolean ofStep = random.nextInt(3) == 0;
    return new RevenueQuestion(
        new AskedTime(from.toString()),
        new AskedTime(to.toString()),
        null,
        by,
        ofStep
            ? EventSelector.step("step-x")
            : random.nextBoolean() ? null : EventSelector.event("event-y"),
        random.nextInt(3) == 0
            ? null
            : new Breakdown("referrer", null, null, 1 + random.nextInt(6)),
        LOOKBACK);
  }
}
