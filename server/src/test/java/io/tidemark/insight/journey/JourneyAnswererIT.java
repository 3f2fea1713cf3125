package io.tidemark.insight.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.PersonReader;
import io.tidemark.insight.journey.JourneyAnswer.Moment;
import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.UserEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The journey of someone among others: everything of theirs, by time, and nothing else.
class JourneyAnswererIT {

  private static final Instant START = Instant.parse("2026-03-28T10:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(3));
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static final List<String> KINDS = List.of("event", "step", "metric", "api_call");

  private static PeopleDatabase people;
  private static List<Fact> facts;
  private static JourneyAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    Random random = new Random(121);
    people = new PeopleDatabase(NOW);
    facts = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      facts.add(fact(random));
    }
    List<CapturedRecord> records = new ArrayList<>(facts);
    records.add(
        new PersonDescription(START, null, Person.user("user-2"), "PRO", "{\"plan\": \"x\"}"));
    people.store(records, random);
    answerer =
        new JourneyAnswerer(new PersonReader(people.jdbc()), new JourneyReader(people.jdbc()));
  }

  @AfterAll
  static void close() {
    people.close();
  }

  @Test
  void answer_person_isAllTheyDidByTime() {
    JourneyAnswer answer = ask("user-2", null, null, null);

    assertMoments(answer, fact -> Person.user("user-2").equals(fact.origin().person()));
    assertThat(answer.next()).isNull();
    assertThat(answer.person())
        .extracting("name", "isKnown", "subscriptionTier", "traits")
        .containsExactly("user-2", true, "PRO", "{\"plan\": \"x\"}");
  }

  @Test
  void answer_session_isAllThatNamesIt() {
    JourneyAnswer answer = ask(null, "session-1", null, null);

    assertMoments(answer, fact -> "session-1".equals(fact.origin().sessionId()));
  }

  @Test
  void answer_inParts_missesAndDoublesNothing() {
    List<Moment> all = ask("user-1", null, null, null).moments();
    List<Moment> parts = new ArrayList<>();

    OffsetDateTime next = START.minusSeconds(60).atOffset(ZoneOffset.UTC);
    while (next != null) {
      JourneyAnswer part =
          answerer.answer(
              new JourneyQuestion(
                  "user-1",
                  null,
                  null,
                  new AskedTime(START.minusSeconds(60).toString()),
                  null,
                  BERLIN,
                  12,
                  next.toInstant()),
              PeopleDatabase.askedAt(NOW));
      assertThat(part.moments()).hasSizeLessThanOrEqualTo(12).isNotEmpty();
      parts.addAll(part.moments());
      next = part.next();
    }

    assertThat(parts).isEqualTo(all);
  }

  @Test
  void answer_nobodyOfThatName_isEmpty() {
    JourneyAnswer answer = ask("nobody", null, null, null);

    assertThat(answer.person()).isNull();
    assertThat(answer.moments()).isEmpty();
  }

  private static JourneyAnswer ask(
      @Nullable String person,
      @Nullable String session,
      @Nullable String from,
      @Nullable Integer limit) {
    return answerer.answer(
        new JourneyQuestion(
            person,
            null,
            session,
            from == null ? null : new AskedTime(from),
            null,
            BERLIN,
            limit,
            null),
        PeopleDatabase.askedAt(NOW));
  }

  private static Fact fact(Random random) {
    FactOrigin origin =
        new FactOrigin(
            START.plusSeconds(20L * random.nextInt(9_000)),
            null,
            random.nextInt(5) == 0 ? null : Person.user("user-" + random.nextInt(4)),
            random.nextBoolean() ? null : "session-" + random.nextInt(3),
            random.nextBoolean() ? null : "{\"n\": %d}".formatted(random.nextInt(9)));
    String name = String.valueOf((char) ('a' + random.nextInt(6)));
    return switch (random.nextInt(4)) {
      case 0 -> new UserEvent(origin, name, random.nextBoolean() ? null : "/p");
      case 1 -> new FunnelStep(origin, name, "effect");
      case 2 -> new MetricSample(origin, name, random.nextInt(5), "ms", null);
      default -> new ApiCall(origin, "/" + name, "GET", 200 + random.nextInt(3), 1.5, null);
    };
  }

  private static void assertMoments(JourneyAnswer answer, Predicate<Fact> meant) {
    assertThat(answer.moments().stream().map(JourneyAnswererIT::told))
        .containsExactlyInAnyOrderElementsOf(
            facts.stream().filter(meant).map(JourneyAnswererIT::told).toList());
    assertThat(answer.moments())
        .isSortedAccordingTo(
            Comparator.comparing(Moment::at)
                .thenComparingInt(moment -> KINDS.indexOf(moment.kind()))
                .thenComparing(Moment::name));
  }

  private static String told(Fact fact) {
    FactOrigin origin = fact.origin();
    String what =
        switch (fact) {
          case UserEvent event -> "event " + event.eventType() + " " + event.page();
          case FunnelStep step -> "step " + step.step() + " " + step.effectId();
          case MetricSample sample ->
              "metric " + sample.metric() + " " + sample.value() + " " + sample.unit();
          case ApiCall call ->
              "api_call %s %s %s %s %s"
                  .formatted(
                      call.endpoint(),
                      call.method(),
                      call.statusCode(),
                      call.responseTimeMillis(),
                      call.cacheHit());
        };
    return "%s %s".formatted(origin.at().atZone(BERLIN).toOffsetDateTime(), what);
  }

  private static String told(Moment moment) {
    String what =
        switch (moment.kind()) {
          case "event" -> " " + moment.page();
          case "step" -> " " + moment.effectId();
          case "metric" -> " " + moment.value() + " " + moment.unit();
          default ->
              " %s %s %s %s"
                  .formatted(
                      moment.method(),
                      moment.statusCode(),
                      moment.responseTimeMs(),
                      moment.cacheHit());
        };
    return "%s %s %s%s".formatted(moment.at(), moment.kind(), moment.name(), what);
  }
}
