package io.tidemark.insight.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Happening;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.RandomPeople;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.lifecycle.LifecycleAnswer.Stage;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.FilterValue;
import io.tidemark.insight.select.PropertyFilter;
import io.tidemark.record.Person;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lifecycle of random people equals what looking at each of them says, from rollups and
/// detail.
class LifecycleAnswererIT {

  private static final Instant START = Instant.parse("2026-02-20T10:00:00Z");
  private static final Duration SPAN = Duration.ofDays(70);
  private static final Instant NOW = START.plus(SPAN);
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/Havana", "Asia/Kolkata", "Australia/Lord_Howe");

  private static PeopleDatabase people;
  private static List<Happening> happenings;
  private static Set<Person> everyone;
  private static LifecycleAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    people = new PeopleDatabase(NOW);
    people.letKeysCrossAChunk();
    RandomPeople crowd = new RandomPeople(91, 250, START, SPAN);
    happenings = crowd.next(2_500);
    everyone = new HashSet<>();
    happenings.stream().map(Happening::person).filter(Objects::nonNull).forEach(everyone::add);
    people.store(crowd, happenings, new Random(92));
    answerer =
        new LifecycleAnswerer(
            new LifecycleReader(people.jdbc()),
            new FreshnessReader(people.jdbc(), InstantSource.fixed(NOW)),
            PeopleDatabase.MINUTES_KEPT);
  }

  @AfterAll
  static void close() {
    people.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answer_randomQuestions_equalsEveryPersonLookedAt(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      LifecycleQuestion question = question(random);

      LifecycleAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(NOW));

      assertThat(answer.head().exact()).isTrue();
      assertThat(answer.stages()).as("%s", question).isEqualTo(stages(question, answer));
    }
  }

  private static List<Stage> stages(LifecycleQuestion question, LifecycleAnswer answer) {
    TimeRange range =
        new TimeRange(
            answer.head().range().from().toInstant(), answer.head().range().to().toInstant());
    Instant beforeFirst =
        question.calendar().startOf(answer.stages().getFirst().start().toInstant().minusMillis(1));
    List<Stage> stages = new ArrayList<>();
    for (int place = 0; place < answer.stages().size(); place++) {
      Instant start = answer.stages().get(place).start().toInstant();
      boolean isLast = place + 1 == answer.stages().size();
      Instant from = place == 0 ? range.from() : start;
      Instant to = isLast ? range.to() : answer.stages().get(place + 1).start().toInstant();
      Instant before =
          place == 0
              ? beforeFirst
              : place == 1 ? range.from() : answer.stages().get(place - 1).start().toInstant();
      long[] counts = new long[4];
      for (Person person : everyone) {
        boolean isActive = isActive(question, person, from, to);
        boolean wasActive = isActive(question, person, before, start);
        boolean wasEver = isActive(question, person, Instant.EPOCH, from);
        if (isActive) {
          counts[!wasEver ? 0 : wasActive ? 1 : 2]++;
        } else if (wasActive) {
          counts[3]++;
        }
      }
      stages.add(
          new Stage(
              answer.stages().get(place).start(), counts[0], counts[1], counts[2], counts[3]));
    }
    return stages;
  }

  private static boolean isActive(
      LifecycleQuestion question, Person person, Instant from, Instant to) {
    EventSelector events = question.active();
    return happenings.stream()
        .anyMatch(each ->
            person.equals(each.person())
                && !each.at().isBefore(from)
                && each.at().isBefore(to)
                && each.isStep() == (events.step() != null)
                && (events.name() == null || each.name().equals(events.name()))
                && (events.isUnfiltered() || "phone".equals(each.shown("device"))));
  }

  private static LifecycleQuestion question(Random random) {
    Instant from =
        START.plus((long) (random.nextDouble() * SPAN.toNanos() / 2_000), ChronoUnit.MICROS);
    Instant to =
        from.plus(1 + (long) (random.nextDouble() * SPAN.toNanos() / 2_000), ChronoUnit.MICROS);
    List<PropertyFilter> where =
        random.nextInt(3) > 0
            ? List.of()
            : List.of(PropertyFilter.property("device", new FilterValue("phone")));
    return new LifecycleQuestion(
        new AskedTime(from.toString()),
        new AskedTime(to.toString()),
        ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
        List.of(CalendarUnit.DAY, CalendarUnit.WEEK, CalendarUnit.MONTH).get(random.nextInt(3)),
        random.nextBoolean() ? DayOfWeek.of(1 + random.nextInt(7)) : null,
        switch (random.nextInt(3)) {
          case 0 -> random.nextBoolean() ? null : new EventSelector(null, null, where);
          case 1 -> new EventSelector("image_upload", null, where);
          default -> new EventSelector(null, "page_visit", where);
        });
  }
}
