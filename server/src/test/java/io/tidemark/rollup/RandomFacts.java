package io.tidemark.rollup;

import io.tidemark.record.ApiCall;
import io.tidemark.record.Fact;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.UserEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Records as unkind as they may be: late, sent again, of nobody, on the edges of buckets, with
/// values of any size. The same seed makes the same records.
final class RandomFacts {

  private static final List<String> NAMES = List.of("page_view", "image_upload", "Ünïcode 'x'", "");
  private static final List<String> UNITS = List.of("ms", "S", "MB", "Ms");

  private final Random random;
  private final Instant start;
  private final Duration span;
  private final List<Fact> sent = new ArrayList<>();

  RandomFacts(long seed, Instant start, Duration span) {
    this.random = new Random(seed);
    this.start = start;
    this.span = span;
  }

  List<Fact> next(int count) {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isAgain = !sent.isEmpty() && random.nextInt(8) == 0;
      Fact fact = isAgain ? sent.get(random.nextInt(sent.size())) : fresh();
      sent.add(fact);
      facts.add(fact);
    }
    return facts;
  }

  /// How many of all records so far are to be stored.
  long distinct() {
    long anonymous = sent.stream().filter(fact -> fact.identity() == null).count();
    return anonymous
        + sent.stream().map(Fact::identity).filter(id -> id != null).distinct().count();
  }

  private Fact fresh() {
    return switch (random.nextInt(4)) {
      case 0 -> new UserEvent(origin(), "event " + name(), null);
      case 1 -> new FunnelStep(origin(), "step " + name(), null);
      case 2 -> new MetricSample(origin(), "metric " + name(), sample(), unit(), null);
      default ->
          new ApiCall(
              origin(),
              "/api/" + (random.nextInt(3) == 0 ? random.nextInt(25) : 0),
              random.nextInt(4) == 0 ? "POST" : "GET",
              100 + random.nextInt(500),
              random.nextInt(3) == 0 ? null : Math.abs(sample()),
              random.nextInt(3) == 0 ? null : random.nextBoolean());
    };
  }

  private FactOrigin origin() {
    Instant at = time();
    RecordIdentity identity =
        switch (random.nextInt(5)) {
          case 0 -> null;
          case 1 -> RecordIdentity.of("id-" + random.nextLong(), null);
          default ->
              RecordIdentity.of("id-" + random.nextLong(), at.plusMillis(random.nextInt(999)));
        };
    return new FactOrigin(at, identity, person(), null, null);
  }

  private Instant time() {
    long micros = span.toNanos() / 1_000;
    Instant anywhere = start.plus((long) (random.nextDouble() * micros), ChronoUnit.MICROS);
    return switch (random.nextInt(6)) {
      case 0 -> anywhere;
      case 1 -> anywhere.truncatedTo(ChronoUnit.DAYS);
      case 2 -> anywhere.truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.MICROS);
      default -> start.plus(span.dividedBy(2)).plusMillis(random.nextInt(600_000));
    };
  }

  private @Nullable Person person() {
    int number = random.nextInt(60);
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> Person.anonymous("someone-" + number);
      default -> Person.user("user-" + number);
    };
  }

  private double sample() {
    double sign = random.nextInt(4) == 0 ? -1 : 1;
    return sign
        * switch (random.nextInt(9)) {
          case 0 -> 0.0;
          case 1 -> Double.MIN_VALUE * random.nextInt(5);
          case 2 -> 1e-29 * random.nextDouble();
          case 3 -> random.nextInt(6) == 0 ? Double.MAX_VALUE : 1e40;
          case 4 -> random.nextInt(5);
          default -> Math.exp(random.nextGaussian() * 2 + 4);
        };
  }

  private @Nullable String unit() {
    return random.nextInt(3) == 0 ? null : UNITS.get(random.nextInt(UNITS.size()));
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }
}
