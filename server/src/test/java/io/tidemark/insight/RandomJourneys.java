package io.tidemark.insight;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What few people do in few sessions, on some days around the end of a month: steps over and over
/// and around midnight, in sessions that people share a name of, that go on for days or pause for
/// one, or in none; subscriptions that overlap, lack their ends, or are over. The same seed makes
/// the same records.
final class RandomJourneys {

  static final Instant START = Instant.parse("2026-03-29T18:00:00Z");
  private static final Duration SPAN = Duration.ofDays(4);
  private static final Duration DAY = Duration.ofHours(24);
  private static final List<String> STEPS =
      List.of(
          "page_visit", "zzz_last_by_name", "result_download", "result_downloaded", "result_share");
  private static final List<String> EVENTS =
      List.of("page_view", "result_download", "result_share", "zoom");
  private static final List<String> METRICS = List.of("effect_processing_time", "LCP", "CLS");

  private final Random random;
  private int sessions;

  RandomJourneys(long seed) {
    this.random = new Random(seed);
  }

  List<CapturedRecord> next(int sessions) {
    List<CapturedRecord> records = new ArrayList<>();
    for (int session = 0; session < sessions; session++) {
      addSession(records);
    }
    for (int i = 0; i < sessions / 10; i++) {
      addReturning(records, "returning " + i % 3);
    }
    for (int i = 0; i < sessions / 2; i++) {
      records.add(subscription(i));
      records.add(description());
    }
    return records;
  }

  private void addSession(List<CapturedRecord> records) {
    Person person = person();
    Instant at = time();
    String session =
        switch (random.nextInt(6)) {
          case 0 -> null;
          case 1 -> "shared on " + at.toString().substring(0, 10);
          default -> "session " + sessions++;
        };
    boolean isLong = random.nextInt(4) == 0;
    for (int step = random.nextInt(7); step >= 0; step--) {
      FactOrigin origin = new FactOrigin(at, null, person, session, null);
      records.add(new FunnelStep(origin, any(STEPS), null));
      if (random.nextBoolean()) {
        records.add(new UserEvent(origin, any(EVENTS), null));
      }
      if (random.nextBoolean()) {
        records.add(
            new MetricSample(origin, any(METRICS), random.nextInt(4_000) / 4.0, "ms", null));
      }
      at = at.plusSeconds(random.nextInt(isLong ? 9_000 : 60));
    }
  }

  /// Somebody who comes back in the same session for days, after pauses of a day, and a microsecond
  /// less or more.
  private void addReturning(List<CapturedRecord> records, String session) {
    Person person = person();
    Instant at = time();
    for (int step = random.nextInt(12); step >= 0; step--) {
      FactOrigin origin = new FactOrigin(at, null, person, session, null);
      records.add(new FunnelStep(origin, any(STEPS), null));
      at =
          switch (random.nextInt(6)) {
            case 0 -> at;
            case 1 -> at.plus(DAY);
            case 2 -> at.plus(DAY).minusNanos(1_000);
            case 3 -> at.plus(DAY).plusNanos(1_000);
            default -> at.plusSeconds(random.nextInt(200_000));
          };
    }
  }

  /// Half of all at the very ends of days.
  private Instant time() {
    Instant day = START.plus(Duration.ofHours(6)).plus(Duration.ofDays(random.nextInt(4)));
    return switch (random.nextInt(4)) {
      case 0 -> day;
      case 1 -> day.minusNanos(1_000);
      default -> START.plusMillis((long) (random.nextDouble() * SPAN.toMillis()));
    };
  }

  private SubscriptionState subscription(int number) {
    Person owner = person();
    Instant started = time().minus(Duration.ofHours(random.nextInt(30)));
    boolean isOver = random.nextInt(3) == 0;
    return new SubscriptionState(
        time(),
        "subscription-" + number,
        owner == null ? Person.user("payer") : owner,
        random.nextBoolean() ? "pro" : "premium",
        BigDecimal.valueOf(random.nextInt(90)),
        "CNY",
        any(List.of("ACTIVE", "past_due", "Trialing", "CANCELED", " expired")),
        random.nextInt(8) == 0 ? null : started,
        isOver ? started.plus(Duration.ofHours(random.nextInt(40))) : null);
  }

  private PersonDescription description() {
    Person person = person();
    return new PersonDescription(
        time(),
        null,
        person == null ? Person.user("free rider") : person,
        any(List.of("free", "pro")),
        null);
  }

  private @Nullable Person person() {
    int number = random.nextInt(25);
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> Person.anonymous("someone-" + number);
      default -> Person.user("user-" + number);
    };
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }
}
