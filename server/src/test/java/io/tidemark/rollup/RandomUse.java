package io.tidemark.rollup;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Few people who do much over some days, in sessions whose names come back: often at the ends of
/// days, and after pauses of a day, or a microsecond less or more. Samples are whole numbers, so
/// that the order in which they are added up makes no difference. The same seed makes the same
/// records.
final class RandomUse {

  static final List<String> LAST_STEPS = List.of("shared", "result_share");
  static final List<String> CONVERTING_STEPS = List.of("downloaded");
  static final List<String> DOWNLOAD_EVENTS = List.of("download", "download_hd");
  static final List<String> SHARE_EVENTS = List.of("share");
  static final List<String> PROCESSING_METRICS = List.of("processing");
  static final Map<String, Double> WEIGHTS = Map.of("download", 2.5, "share", 0.0, "never", 9.0);

  private static final List<String> EVENTS =
      List.of("view", "download", "download_hd", "share", "Ünïcode 'x'");
  private static final List<String> STEPS =
      List.of("visit", "upload", "downloaded", "shared", "result_share");
  private static final List<String> METRICS = List.of("processing", "LCP");
  private static final List<String> ENDPOINTS = List.of("/a", "/b", "/c/{id}");

  private final Random random;
  private final Instant start;
  private final Duration span;
  private final Map<String, Instant> lastStep = new HashMap<>();
  private int subscriptions;

  RandomUse(long seed, Instant start, Duration span) {
    this.random = new Random(seed);
    this.start = start;
    this.span = span;
  }

  List<CapturedRecord> next(int count) {
    List<CapturedRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          switch (random.nextInt(9)) {
            case 0, 1 -> new UserEvent(origin(), any(EVENTS), null);
            case 2, 3, 4 -> step();
            case 5, 6 -> new MetricSample(origin(), any(METRICS), random.nextInt(900), "ms", null);
            default -> call();
          });
      if (random.nextInt(60) == 0) {
        records.add(subscription());
      }
    }
    return records;
  }

  private ApiCall call() {
    return new ApiCall(
        origin(),
        any(ENDPOINTS),
        random.nextInt(3) == 0 ? "PUT" : "GET",
        random.nextInt(6) == 0 ? 500 : 200,
        responseTime(),
        random.nextInt(3) == 0 ? null : random.nextBoolean());
  }

  private @Nullable Double responseTime() {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> 0.0;
      case 2 -> random.nextInt(20) == 0 ? 1e40 : 1e-31;
      default -> (double) random.nextInt(3_000);
    };
  }

  private FunnelStep step() {
    Person person = person();
    String session = random.nextInt(8) == 0 ? null : "session " + random.nextInt(3);
    String key = person + " · " + session;
    Instant last = lastStep.get(key);
    Instant at = last == null || random.nextInt(4) == 0 ? time() : last.plus(pause());
    if (at.isAfter(start.plus(span))) {
      at = time();
    }
    lastStep.put(key, at);
    return new FunnelStep(new FactOrigin(at, null, person, session, null), any(STEPS), null);
  }

  private Duration pause() {
    Duration day = Duration.ofHours(24);
    return switch (random.nextInt(7)) {
      case 0 -> day;
      case 1 -> day.minusNanos(1_000);
      case 2 -> day.plusNanos(1_000);
      case 3 -> Duration.ZERO;
      case 4 -> Duration.ofMinutes(random.nextInt(6_000));
      default -> Duration.ofMinutes(random.nextInt(900));
    };
  }

  private SubscriptionState subscription() {
    Person owner = person();
    Instant from = time();
    return new SubscriptionState(
        time(),
        "subscription " + subscriptions++,
        owner == null ? Person.user("payer") : owner,
        random.nextBoolean() ? "pro" : "premium",
        BigDecimal.valueOf(random.nextInt(90)),
        random.nextBoolean() ? "EUR" : "CNY",
        any(List.of("ACTIVE", "PAUSED", "CANCELED", "expired")),
        random.nextInt(6) == 0 ? null : from,
        random.nextInt(3) == 0 ? from.plus(Duration.ofHours(random.nextInt(90))) : null);
  }

  private FactOrigin origin() {
    return new FactOrigin(time(), null, person(), null, null);
  }

  private Instant time() {
    Instant anywhere = start.plus(random.nextLong(span.toNanos() / 1_000), ChronoUnit.MICROS);
    return switch (random.nextInt(8)) {
      case 0 -> anywhere.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
      case 1 ->
          anywhere
              .truncatedTo(ChronoUnit.DAYS)
              .plus(1, ChronoUnit.DAYS)
              .minus(1, ChronoUnit.MICROS);
      case 2 -> anywhere.truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.MICROS);
      default -> anywhere;
    };
  }

  private @Nullable Person person() {
    int number = random.nextInt(20);
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1, 2 -> Person.anonymous("someone-" + number);
      default -> Person.user("user-" + number);
    };
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }
}
