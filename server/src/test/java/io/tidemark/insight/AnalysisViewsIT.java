package io.tidemark.insight;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.insight.AnalysisOracle.Journey;
import io.tidemark.insight.AnalysisOracle.Revenue;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.SubscriptionState;
import io.tidemark.testing.FilledStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The views for analysis say what looking at every record says.
class AnalysisViewsIT {

  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

  private final FilledStore store = new FilledStore();
  private final AnalysisViews views = new AnalysisViews(store.jdbc());

  @BeforeEach
  void configure() {
    new ViewSettingStore(store.jdbc()).configure(SampleSettings.PROPERTIES);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void views_randomJourneys_sayWhatEveryRecordSays(long seed) throws Exception {
    letKeysCrossAChunk();
    List<CapturedRecord> records = new RandomJourneys(seed).next(300);
    store.with(records.subList(0, records.size() / 2));
    store.with(records.subList(records.size() / 2, records.size()));
    AnalysisOracle oracle = new AnalysisOracle(records, store.userKeys());

    assertThat(views.journeys()).containsExactlyInAnyOrderElementsOf(oracle.journeys());
    assertThat(views.behaviors()).containsExactlyInAnyOrderElementsOf(oracle.behaviors());
    assertThat(views.revenues()).containsExactlyInAnyOrderElementsOf(oracle.revenues());

    assertEveryStepIsInOneJourney();
    assertSameByDate(oracle.revenues());

    assertThat(oracle.journeys()).anyMatch(row -> row.rate() != null && row.rate() % 1 != 0);
    assertThat(oracle.behaviors()).anyMatch(row -> row.downloads() > 0 && row.shares() > 0);
    assertThat(oracle.revenues())
        .anyMatch(row -> row.value() != null && row.completed() == 1)
        .anyMatch(row -> row.value() == null)
        .anyMatch(row -> Duration.between(row.start(), row.end()).toDays() > 3);
    assertThat(oracle.revenues().stream().map(row -> row.userKey() + row.session()).distinct())
        .hasSizeLessThan(oracle.revenues().size());
  }

  @Test
  void tier_isThePersonsOwn() throws Exception {
    List<CapturedRecord> records = new RandomJourneys(6).next(60);
    store.with(records);

    assertThat(
            store
                .database()
                .count(
                    "SELECT count(*) FROM user_journey_analysis WHERE subscription_tier = 'pro'"))
        .isEqualTo(
            store.database().count("SELECT count(*) FROM app_user WHERE subscription_tier = 'pro'"))
        .isPositive();
  }

  @Test
  void journey_sharedThenLookedAround_isCompleted() throws Exception {
    store.with(List.of(step("result_share", NOON), step("zzz_last_by_name", NOON.plusSeconds(60))));

    assertThat(views.revenues())
        .singleElement()
        .satisfies(row -> assertThat(row.completed()).isOne())
        .satisfies(row -> assertThat(row.steps()).isEqualTo(2));
  }

  @Test
  void journey_severalSubscriptions_isOneRowWithTheLatestThatRan() throws Exception {
    store.with(
        List.of(
            step("page_visit", NOON),
            subscription("a", 10, NOON.minusSeconds(900), null),
            subscription("b", 20, NOON.minusSeconds(600), null),
            subscription("c", 30, NOON.minusSeconds(300), NOON.minusSeconds(1)),
            subscription("d", 40, NOON.plusSeconds(1), null)));

    assertThat(views.revenues())
        .singleElement()
        .satisfies(row -> assertThat(row.value()).isEqualByComparingTo("20"));
  }

  @Test
  void journey_pausesOfADayAtMost_goesOn() throws Exception {
    List<FunnelStep> steps = new ArrayList<>();
    for (int day = 0; day < 40; day++) {
      steps.add(step("image_upload", NOON.plus(Duration.ofHours(24L * day))));
    }
    steps.add(step("result_share", NOON.plus(Duration.ofDays(40))));
    store.with(steps);

    assertThat(views.revenues())
        .singleElement()
        .satisfies(row -> assertThat(row.steps()).isEqualTo(41))
        .satisfies(row -> assertThat(row.completed()).isOne())
        .satisfies(row -> assertThat(row.end()).isEqualTo(NOON.plus(Duration.ofDays(40))));
    assertThat(views.journeys()).singleElement().extracting(Journey::sessions).isEqualTo(1L);
  }

  @Test
  void journey_pauseOfMoreThanADay_isAnother() throws Exception {
    Instant late = NOON.plus(Duration.ofHours(24)).plusNanos(1_000);
    store.with(
        List.of(
            step("page_visit", NOON),
            step("result_download", late),
            step("result_share", late.plus(Duration.ofHours(30))),
            step("page_visit", late.plus(Duration.ofHours(31)))));

    assertThat(views.revenues())
        .extracting(Revenue::start, Revenue::steps, Revenue::completed)
        .containsExactlyInAnyOrder(
            tuple(NOON, 1L, 0), tuple(late, 1L, 0), tuple(late.plus(Duration.ofHours(30)), 2L, 1));
    assertThat(views.journeys())
        .singleElement()
        .extracting(Journey::sessions, Journey::successful)
        .containsExactly(3L, 1L);
  }

  @Test
  void samples_whoseSumIsBeyondDoubles_areNoError() throws Exception {
    store.with(
        List.of(sample(Double.MAX_VALUE), sample(Double.MAX_VALUE), sample(Double.MAX_VALUE)));

    assertThat(views.journeys())
        .singleElement()
        .satisfies(row -> assertThat(row.processing()).isBetween(0.99e30, 1.01e30));
  }

  private void assertEveryStepIsInOneJourney() {
    assertThat(
            store.database().count("SELECT sum(steps_completed)::bigint FROM revenue_attribution"))
        .isEqualTo(
            store
                .database()
                .count(
                    "SELECT count(*) FROM conversion_funnel WHERE user_key IS NOT NULL AND session_id IS NOT NULL"));
  }

  /// Where days are cut makes no difference.
  private void assertSameByDate(List<Revenue> expected) {
    Map<LocalDate, List<Revenue>> byDate = expected.stream().collect(groupingBy(Revenue::date));
    byDate.forEach((date, rows) -> {
      assertThat(views.revenues("date = '%s'".formatted(date)))
          .containsExactlyInAnyOrderElementsOf(rows);
      assertThat(views.revenues("date > '%s' AND date <= '%s'".formatted(date, date.plusDays(3))))
          .containsExactlyInAnyOrderElementsOf(
              expected.stream()
                  .filter(row -> row.date().isAfter(date) && !row.date().isAfter(date.plusDays(3)))
                  .toList());
    });
  }

  private static FunnelStep step(String step, Instant at) {
    return new FunnelStep(
        new FactOrigin(at, null, Person.user("ada"), "session", null), step, null);
  }

  private static MetricSample sample(double value) {
    FactOrigin origin = new FactOrigin(NOON, null, Person.user("ada"), null, null);
    return new MetricSample(origin, "effect_processing_time", value, "ms", null);
  }

  private static SubscriptionState subscription(
      String id, int price, Instant startedAt, @Nullable Instant endedAt) {
    return new SubscriptionState(
        NOON,
        id,
        Person.user("ada"),
        "pro",
        BigDecimal.valueOf(price),
        "CNY",
        "ACTIVE",
        startedAt,
        endedAt);
  }

  /// Sets of people are kept in chunks of 32,768.
  private void letKeysCrossAChunk() {
    store.jdbc().sql("ALTER TABLE app_user ALTER COLUMN user_key RESTART WITH 32760").update();
  }
}
