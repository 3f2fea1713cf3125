package io.tidemark.insight.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Happening;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.RandomPeople;
import io.tidemark.insight.retention.RetentionAnswer.Cohort;
import io.tidemark.insight.retention.RetentionAnswer.Overall;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.FilterValue;
import io.tidemark.insight.select.PropertyFilter;
import io.tidemark.record.Person;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retention of random people equals what looking at each of them says, from rollups and detail.
class RetentionAnswererIT {

  private static final Instant START = Instant.parse("2026-02-20T10:00:00Z");
  private static final Duration SPAN = Duration.ofDays(70);
  private static final Instant NOW = START.plus(SPAN);
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/Havana", "Asia/Kolkata", "Australia/Lord_Howe");

  private static PeopleDatabase people;
  private static List<Happening> happenings;
  private static RetentionAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    people = new PeopleDatabase(NOW);
    people.letKeysCrossAChunk();
    RandomPeople crowd = new RandomPeople(81, 250, START, SPAN);
    happenings = crowd.next(2_500);
    people.store(crowd, happenings, new Random(82));
    answerer =
        new RetentionAnswerer(
            new RetentionReader(people.jdbc()),
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
      RetentionQuestion question = question(random);

      RetentionAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(NOW));

      assertThat(answer.head().exact()).isTrue();
      List<Instant> bounds =
          new ArrayList<>(
              answer.cohorts().stream().map(Cohort::start).map(OffsetDateTime::toInstant).toList());
      assertThat(answer.head().range().from().toInstant())
          .isEqualTo(
              Instant.parse(Objects.requireNonNull(question.from()).text())
                  .truncatedTo(ChronoUnit.MINUTES));
      assertThat(bounds.getFirst()).isBeforeOrEqualTo(answer.head().range().from().toInstant());
      bounds.set(0, answer.head().range().from().toInstant());
      bounds.add(answer.head().range().to().toInstant());
      assertThat(answer.cohorts())
          .as("%s", question)
          .isEqualTo(cohorts(question, answer.cohorts(), bounds));
      assertWeeks(question, answer);
      assertOverall(answer);
    }
  }

  private static void assertWeeks(RetentionQuestion question, RetentionAnswer answer) {
    if (question.unit() == CalendarUnit.WEEK) {
      DayOfWeek first = Objects.requireNonNullElse(question.weekStarts(), DayOfWeek.MONDAY);
      assertThat(answer.cohorts()).allMatch(cohort -> cohort.start().getDayOfWeek() == first);
    }
  }

  private static List<Cohort> cohorts(
      RetentionQuestion question, List<Cohort> told, List<Instant> bounds) {
    Predicate<Happening> starts = meant(question.beginning());
    Predicate<Happening> comesBack = meant(question.comingBack());
    List<Cohort> cohorts = new ArrayList<>();
    for (int cohort = 0; cohort + 1 < bounds.size(); cohort++) {
      Set<Person> members = who(starts, bounds.get(cohort), bounds.get(cohort + 1));
      if (question.rule() == CohortRule.FIRST_TIME) {
        members.removeAll(who(starts, Instant.EPOCH, bounds.get(cohort)));
      }
      List<Long> returned = new ArrayList<>();
      for (int later = cohort; later + 1 < bounds.size(); later++) {
        Set<Person> back = who(comesBack, bounds.get(later), bounds.get(later + 1));
        back.retainAll(members);
        returned.add((long) back.size());
      }
      cohorts.add(new Cohort(told.get(cohort).start(), members.size(), returned));
    }
    return cohorts;
  }

  private static void assertOverall(RetentionAnswer answer) {
    for (Overall overall : answer.overall()) {
      List<Cohort> old =
          answer.cohorts().stream()
              .filter(cohort -> cohort.returned().size() > overall.after())
              .toList();
      assertThat(overall.people()).isEqualTo(old.stream().mapToLong(Cohort::people).sum());
      assertThat(overall.returned())
          .isEqualTo(
              old.stream().mapToLong(cohort -> cohort.returned().get(overall.after())).sum());
      Double rate = overall.rate();
      assertThat(rate == null).isEqualTo(overall.people() == 0);
      if (rate != null) {
        assertThat(rate * overall.people())
            .isBetween(overall.returned() - 1e-6, overall.returned() + 1e-6);
      }
    }
    assertThat(answer.overall()).hasSameSizeAs(answer.cohorts());
  }

  private static Set<Person> who(Predicate<Happening> meant, Instant from, Instant to) {
    Set<Person> who = new HashSet<>();
    happenings.stream()
        .filter(meant)
        .filter(each -> !each.at().isBefore(from) && each.at().isBefore(to))
        .forEach(each -> {
          if (each.person() != null) {
            who.add(each.person());
          }
        });
    return who;
  }

  private static RetentionQuestion question(Random random) {
    Instant from =
        START.plus((long) (random.nextDouble() * SPAN.toNanos() / 2_000), ChronoUnit.MICROS);
    Instant to =
        from.plus(1 + (long) (random.nextDouble() * SPAN.toNanos() / 2_000), ChronoUnit.MICROS);
    return new RetentionQuestion(
        new AskedTime(from.toString()),
        new AskedTime(to.toString()),
        ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
        List.of(CalendarUnit.DAY, CalendarUnit.WEEK, CalendarUnit.MONTH).get(random.nextInt(3)),
        random.nextBoolean() ? DayOfWeek.of(1 + random.nextInt(7)) : null,
        random.nextBoolean() ? CohortRule.ANY_TIME : null,
        random.nextInt(4) == 0 ? null : selector(random),
        random.nextInt(4) == 0 ? null : selector(random));
  }

  private static EventSelector selector(Random random) {
    List<PropertyFilter> where =
        random.nextInt(3) > 0
            ? List.of()
            : List.of(PropertyFilter.property("device", new FilterValue("phone")));
    return switch (random.nextInt(3)) {
      case 0 -> new EventSelector(null, null, where);
      case 1 -> new EventSelector("image_upload", null, where);
      default -> new EventSelector(null, "page_visit", where);
    };
  }

  private static Predicate<Happening> meant(EventSelector events) {
    return each ->
        each.isStep() == (events.step() != null)
            && (events.name() == null || each.name().equals(events.name()))
            && (events.isUnfiltered() || "phone".equals(each.shown("device")));
  }
}
