package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
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
    AnalysisOracle oracle = new AnalysisOracle(records, store.userKeys(), views.subscriptions());

    assertThat(views.journeys()).containsExactlyInAnyOrderElementsOf(oracle.journeys());
    assertThat(views.behaviors()).containsExactlyInAnyOrderElementsOf(oracle.behaviors());
    assertThat(views.revenues()).containsExactlyInAnyOrderElementsOf(oracle.revenues());

    assertThat(oracle.journeys()).anyMatch(row -> row.rate() != null && row.rate() % 1 != 0);
    assertThat(oracle.behaviors()).anyMatch(row -> row.downloads() > 0 && row.shares() > 0);
    assertThat(oracle.revenues())
        .anyMatch(row -> row.value() != null && row.completed() == 1)
        .anyMatch(row -> row.value() == null);
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
  void journey_longerThanTheWindow_isCut() throws Exception {
    store.with(
        List.of(
            step("page_visit", NOON),
            step("image_upload", NOON.plus(Duration.ofHours(24))),
            step("result_share", NOON.plus(Duration.ofHours(80)))));

    assertThat(views.revenues()).extracting(Revenue::steps).containsExactlyInAnyOrder(2L, 1L);
  }

  @Test
  void samples_whoseSumIsBeyondDoubles_areNoError() throws Exception {
    store.with(
        List.of(sample(Double.MAX_VALUE), sample(Double.MAX_VALUE), sample(Double.MAX_VALUE)));

    assertThat(views.journeys())
        .singleElement()
        .satisfies(row -> assertThat(row.processing()).isBetween(0.99e30, 1.01e30));
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
