package io.tidemark.insight.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Happening;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.PersonReader;
import io.tidemark.insight.RandomPeople;
import io.tidemark.insight.engagement.EngagementAnswer.Bucket;
import io.tidemark.insight.engagement.EngagementAnswer.Engaged;
import io.tidemark.insight.engagement.EngagementAnswer.Part;
import io.tidemark.insight.question.Asking;
import io.tidemark.record.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scores of random people equal what adding up the events of each of them says, from rollups and
/// detail.
class EngagementAnswererIT {

  private static final Instant START = Instant.parse("2026-02-20T10:00:00Z");
  private static final Duration SPAN = Duration.ofDays(50);
  private static final Instant NOW = START.plus(SPAN).plus(Duration.ofDays(8));
  private static final Map<String, Double> WEIGHTS = Map.of("image_upload", 10.0, "search", 0.5);
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/Havana", "Asia/Kolkata", "Australia/Lord_Howe");

  private static PeopleDatabase people;
  private static List<Happening> events;
  private static EngagementAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    people = new PeopleDatabase(NOW);
    people.letKeysCrossAChunk();
    RandomPeople crowd = new RandomPeople(91, 200, START, SPAN);
    List<Happening> happenings = crowd.next(2_000);
    people.store(crowd, happenings, new Random(92));
    WEIGHTS.forEach((event, weight) ->
        people
            .jdbc()
            .sql("INSERT INTO engagement_weight (event_type, weight) VALUES (?, ?)")
            .param(event)
            .param(weight)
            .update());
    events = happenings.stream().filter(each -> !each.isStep() && each.person() != null).toList();
    answerer =
        new EngagementAnswerer(
            new PersonReader(people.jdbc()),
            new EngagementReader(people.jdbc()),
            new FreshnessReader(people.jdbc(), InstantSource.fixed(NOW)),
            PeopleDatabase.MINUTES_KEPT);
  }

  @AfterAll
  static void close() {
    people.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void answer_randomQuestions_equalsEveryPersonAddedUp(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      EngagementQuestion question = question(random);
      Instant now = random.nextBoolean() ? NOW : NOW.minus(Duration.ofHours(random.nextInt(60)));

      EngagementAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(now));

      List<Happening> counted = events.stream().filter(each -> isIn(each, answer)).toList();
      if (question.isOverAllTime()) {
        assertThat(counted).as("the range holds all that is counted").isEqualTo(events);
      }
      Map<Person, List<Happening>> byPerson =
          counted.stream()
              .collect(Collectors.groupingBy(each -> Objects.requireNonNull(each.person())));
      List<Double> scores =
          byPerson.values().stream().map(EngagementAnswererIT::score).sorted().toList();
      assertDistribution(answer, scores);
      assertThat(answer.people()).hasSize(Math.min(question.shown(), byPerson.size()));
      List<Double> best = scores.reversed().subList(0, answer.people().size());
      assertThat(answer.people().stream().map(Engaged::score)).as("%s", question).isEqualTo(best);
      ZoneId zone = Asking.zone(question.zone());
      for (Engaged each : answer.people()) {
        assertPerson(each, byPerson, scores, now.atZone(zone), question, answer);
      }
    }
  }

  @Test
  void answer_onePerson_hasRankAmongAll() {
    EngagementQuestion everyone =
        new EngagementQuestion(null, null, null, null, null, 50, List.of());
    Engaged one = answerer.answer(everyone, PeopleDatabase.askedAt(NOW)).people().getLast();

    EngagementQuestion about =
        new EngagementQuestion(
            null, null, null, one.person().name(), !one.isKnown(), null, List.of());

    assertThat(answerer.answer(about, PeopleDatabase.askedAt(NOW)).people()).containsExactly(one);
  }

  @Test
  void answer_askerWhoMayNotSeePeople_namesNobody() {
    EngagementQuestion top = new EngagementQuestion(null, null, null, null, null, 5, List.of());

    assertThat(answerer.answer(top, PeopleDatabase.askedByOutsiderAt(NOW)).people())
        .hasSize(5)
        .allSatisfy(each -> assertThat(each.person().name()).isNull());
  }

  private static void assertPerson(
      Engaged told,
      Map<Person, List<Happening>> byPerson,
      List<Double> scores,
      ZonedDateTime now,
      EngagementQuestion question,
      EngagementAnswer answer) {
    List<Happening> mine =
        byPerson.entrySet().stream()
            .filter(each -> each.getKey().id().equals(told.person().name()))
            .findAny()
            .orElseThrow()
            .getValue();
    assertThat(told.score()).isEqualTo(score(mine));
    assertThat(told.events()).isEqualTo(mine.size());
    assertThat(told.rank())
        .isEqualTo(1 + scores.stream().filter(any -> any > told.score()).count());
    Instant last = mine.stream().map(Happening::at).max(Comparator.naturalOrder()).orElseThrow();
    Instant end = answer.head().range().to().toInstant();
    assertThat(told.recency().lastAt().toInstant()).isEqualTo(last);
    assertThat(told.recency().days())
        .isEqualTo(Duration.between(last, end).toMillis() / 86_400_000.0, within(1e-6));
    LocalDate today = now.toLocalDate();
    assertThat(told.frequency().activeDays())
        .as("%s", question)
        .isEqualTo(
            mine.stream()
                .map(each -> each.at().atZone(now.getZone()).toLocalDate())
                .filter(day -> !question.isOverAllTime() || day.isAfter(today.minusDays(28)))
                .filter(day -> !question.isOverAllTime() || !day.isAfter(today))
                .distinct()
                .count());
    assertThat(told.parts().stream().mapToDouble(Part::points).sum())
        .isEqualTo(told.score(), within(1e-9));
    assertThat(told.parts())
        .allSatisfy(part ->
            assertThat(part.events())
                .isEqualTo(mine.stream().filter(each -> each.name().equals(part.event())).count()))
        .allSatisfy(part -> assertThat(part.weight()).isEqualTo(weight(part.event())));
  }

  private static void assertDistribution(EngagementAnswer answer, List<Double> scores) {
    EngagementAnswer.Distribution told = answer.distribution();
    assertThat(told.people()).isEqualTo(scores.size());
    for (Bucket bucket : told.buckets()) {
      assertThat(bucket.people())
          .isEqualTo(
              scores.stream()
                  .filter(each -> bucket.from() == null || each >= bucket.from())
                  .filter(each -> bucket.to() == null || each < bucket.to())
                  .count());
    }
    if (scores.isEmpty()) {
      assertThat(told.mean()).isNull();
      return;
    }
    assertThat(Objects.requireNonNull(told.mean()))
        .isEqualTo(
            scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), within(1e-9));
    assertThat(told.p50()).isEqualTo(scores.get((int) Math.ceil(0.5 * scores.size()) - 1));
    assertThat(told.p90()).isEqualTo(scores.get((int) Math.ceil(0.9 * scores.size()) - 1));
    assertThat(told.max()).isEqualTo(scores.getLast());
  }

  private static double score(List<Happening> mine) {
    return mine.stream().mapToDouble(each -> weight(each.name())).sum();
  }

  private static double weight(String event) {
    return WEIGHTS.getOrDefault(event, 1.0);
  }

  private static boolean isIn(Happening event, EngagementAnswer answer) {
    return !event.at().isBefore(answer.head().range().from().toInstant())
        && event.at().isBefore(answer.head().range().to().toInstant());
  }

  private static EngagementQuestion question(Random random) {
    boolean isOverAllTime = random.nextInt(3) == 0;
    Instant from = START.plus(random.nextInt(40 * 24), ChronoUnit.HOURS);
    Instant to = from.plus(1 + random.nextInt(20 * 24 * 60), ChronoUnit.MINUTES);
    return new EngagementQuestion(
        isOverAllTime ? null : new AskedTime(from.toString()),
        isOverAllTime ? null : new AskedTime(to.toString()),
        ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
        null,
        null,
        random.nextInt(60),
        random.nextBoolean() ? List.of() : List.of(2.0, 10.0, 20.5));
  }
}
