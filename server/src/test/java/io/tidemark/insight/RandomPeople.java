package io.tidemark.insight;

import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// People who do things in bursts: of the same instant, on the midnights of several zones, some
/// without a session, some of nobody. The same seed makes the same happenings.
public final class RandomPeople {

  private static final List<String> EVENTS = List.of("page_view", "image_upload", "search");
  private static final List<String> STEPS = List.of("page_visit", "result_download");
  private static final List<String> DEVICES = List.of("phone", "Phone", "desk top", "tv", "watch");
  private static final List<String> PLANS = List.of("free", "pro", "Ünïcode 'x'");
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana");

  private final Random random;
  private final Instant start;
  private final Duration span;
  private final List<Person> people = new ArrayList<>();
  private final Map<Person, String> plans = new HashMap<>();

  public RandomPeople(long seed, int people, Instant start, Duration span) {
    this.random = new Random(seed);
    this.start = start;
    this.span = span;
    for (int number = 0; number < people; number++) {
      Person person =
          random.nextInt(4) == 0
              ? Person.anonymous("someone-" + number)
              : Person.user("user-" + number);
      this.people.add(person);
      if (random.nextInt(3) > 0) {
        plans.put(person, oneOf(PLANS));
      }
    }
  }

  /// Traits of those who have any.
  public List<PersonDescription> descriptions() {
    return plans.entrySet().stream()
        .map(each ->
            new PersonDescription(
                start, null, each.getKey(), null, "{\"plan\": \"%s\"}".formatted(each.getValue())))
        .toList();
  }

  public List<Happening> next(int count) {
    List<Happening> happenings = new ArrayList<>();
    while (happenings.size() < count) {
      burst(happenings);
    }
    return happenings;
  }

  private void burst(List<Happening> happenings) {
    Person person = random.nextInt(12) == 0 ? null : oneOf(people);
    String session = random.nextInt(3) == 0 ? null : "session-" + random.nextInt(40);
    Instant at = time();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      happenings.add(one(at, person, session));
      at =
          switch (random.nextInt(6)) {
            case 0 -> at;
            case 1 -> at.plus(30, ChronoUnit.MINUTES);
            case 2 -> at.plus(30, ChronoUnit.MINUTES).minus(1, ChronoUnit.MICROS);
            case 3 -> at.plus(24, ChronoUnit.HOURS);
            default -> at.plus(random.nextInt(2_000_000_000), ChronoUnit.MICROS);
          };
    }
  }

  private Happening one(Instant at, @Nullable Person person, @Nullable String session) {
    boolean isStep = random.nextInt(3) == 0;
    Map<String, Object> properties = new HashMap<>();
    if (random.nextInt(5) > 0) {
      properties.put("device", oneOf(DEVICES));
    }
    if (random.nextInt(3) > 0) {
      properties.put("size", random.nextInt(5));
    }
    return new Happening(
        at,
        isStep,
        isStep ? oneOf(STEPS) : oneOf(EVENTS),
        person,
        session,
        isStep || random.nextBoolean() ? null : "/page/" + random.nextInt(3),
        properties,
        person == null ? null : plans.get(person));
  }

  private Instant time() {
    Instant anywhere =
        start.plus((long) (random.nextDouble() * (span.toNanos() / 1_000.0)), ChronoUnit.MICROS);
    if (random.nextInt(4) > 0) {
      return anywhere;
    }
    Instant midnight =
        anywhere
            .atZone(ZoneId.of(oneOf(ZONES)))
            .toLocalDate()
            .atStartOfDay(ZoneId.of(oneOf(ZONES)))
            .toInstant();
    return random.nextBoolean() ? midnight : midnight.minus(1, ChronoUnit.MICROS);
  }

  private <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
