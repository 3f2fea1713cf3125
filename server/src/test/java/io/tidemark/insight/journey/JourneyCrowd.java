package io.tidemark.insight.journey;

import io.tidemark.insight.Happening;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.RandomPeople;
import io.tidemark.insight.walk.SessionOracle;
import io.tidemark.insight.walk.SessionRule;
import io.tidemark.record.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Random people and all their sessions, made of everything that ever happened. Some never pause
/// for days.
///
/// @param happenings all of them, by time, then by name, events before steps
record JourneyCrowd(PeopleDatabase people, List<Happening> happenings) {

  private static final Instant START = Instant.parse("2026-03-20T10:00:00Z");
  private static final Duration SPAN = Duration.ofDays(20);
  static final Instant NOW = START.plus(SPAN);

  static JourneyCrowd open(long seed) throws Exception {
    Random random = new Random(seed);
    PeopleDatabase database = new PeopleDatabase(NOW);
    RandomPeople crowd = new RandomPeople(seed, 40, START, SPAN);
    List<Happening> happenings = new ArrayList<>(crowd.next(2_500));
    for (int owl = 0; owl < 4; owl++) {
      happenings.addAll(sleepless(owl, random));
    }
    database.store(crowd, happenings, random);
    happenings.sort(
        Comparator.comparing(Happening::at)
            .thenComparing(Happening::name)
            .thenComparing(Happening::isStep));
    return new JourneyCrowd(database, List.copyOf(happenings));
  }

  static Instant anyTime(Random random) {
    return START.plus((long) (random.nextDouble() * SPAN.toNanos() / 1_000.0), ChronoUnit.MICROS);
  }

  /// Those that begin in a range, as far as a day after it.
  List<List<Happening>> sessions(Instant from, Instant to) {
    Map<String, List<Happening>> byKey =
        happenings.stream()
            .filter(each -> each.person() != null || each.session() != null)
            .filter(each -> each.at().isBefore(to.plus(SessionRule.LONGEST)))
            .collect(Collectors.groupingBy(each -> each.person() + " " + each.session()));
    List<List<Happening>> sessions = new ArrayList<>();
    byKey
        .values()
        .forEach(rows ->
            sessions.addAll(
                SessionOracle.sessions(rows, Happening::at, rows.getFirst().session() != null)));
    sessions.removeIf(
        session -> session.getFirst().at().isBefore(from) || !session.getFirst().at().isBefore(to));
    return sessions;
  }

  JdbcTemplate template() {
    return people.template();
  }

  JdbcClient jdbc() {
    return people.jdbc();
  }

  void close() {
    people.close();
  }

  private static List<Happening> sleepless(int owl, Random random) {
    List<Happening> happenings = new ArrayList<>();
    Instant at = anyTime(random).minus(Duration.ofDays(3));
    for (int i = 0; i < 300; i++) {
      happenings.add(
          new Happening(
              at,
              false,
              random.nextInt(40) == 0 ? "image_upload" : "search",
              Person.user("owl-" + owl),
              null,
              null,
              Map.of(),
              null));
      at = at.plusSeconds(600 + random.nextInt(1_200));
    }
    return happenings;
  }
}
