package io.tidemark.insight.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.Happening;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.journey.SessionsAnswer.Edge;
import io.tidemark.insight.journey.SessionsAnswer.Interval;
import io.tidemark.insight.select.EventSelector;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sessions of random people equal those made of all that ever happened to each of them.
class SessionsAnswererIT {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  private static JourneyCrowd crowd;
  private static SessionsAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    crowd = JourneyCrowd.open(101);
    answerer = new SessionsAnswerer(new SessionRowReader(crowd.template()));
  }

  @AfterAll
  static void close() {
    crowd.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answer_randomRanges_equalsSessionsOfAllThatHappened(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      SessionsQuestion question = question(random);

      SessionsAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(JourneyCrowd.NOW));

      assertEquals(question, answer);
    }
  }

  private static void assertEquals(SessionsQuestion question, SessionsAnswer answer) {
    Instant from = answer.head().range().from().toInstant();
    Instant to = answer.head().range().to().toInstant();
    List<List<Happening>> expected =
        crowd.sessions(from, to).stream()
            .filter(session ->
                question.having() == null
                    || session.stream().anyMatch(each -> each.name().equals("image_upload")))
            .toList();
    assertThat(answer.head().exact()).isTrue();
    assertThat(answer.sessions()).as("%s", question).isEqualTo(expected.size());
    assertThat(answer.single())
        .isEqualTo(expected.stream().filter(session -> session.size() == 1).count());
    assertThat(answer.people())
        .isEqualTo(
            expected.stream()
                .map(session -> session.getFirst().person())
                .filter(Objects::nonNull)
                .distinct()
                .count());
    assertThat(answer.entries()).isEqualTo(edges(expected, List::getFirst, question.shown()));
    assertThat(answer.exits()).isEqualTo(edges(expected, List::getLast, question.shown()));
    assertSpread(answer.seconds(), expected, SessionsAnswererIT::seconds);
    assertSpread(answer.events(), expected, session -> (double) session.size());
    assertSeries(answer.series(), to, expected);
  }

  private static void assertSeries(
      List<Interval> series, Instant to, List<List<Happening>> expected) {
    List<OffsetDateTime> starts = series.stream().map(Interval::start).toList();
    for (int place = 0; place < series.size(); place++) {
      Instant start = starts.get(place).toInstant();
      Instant end = place + 1 < starts.size() ? starts.get(place + 1).toInstant() : to;
      List<List<Happening>> begun =
          expected.stream()
              .filter(session -> !session.getFirst().at().isBefore(start))
              .filter(session -> session.getFirst().at().isBefore(end))
              .toList();
      Interval interval = series.get(place);
      assertThat(interval.sessions()).isEqualTo(begun.size());
      if (begun.isEmpty()) {
        assertThat(interval.seconds()).isNull();
      } else {
        assertThat(interval.seconds())
            .isCloseTo(
                begun.stream().mapToDouble(SessionsAnswererIT::seconds).average().orElseThrow(),
                ROUNDING);
      }
    }
  }

  private static void assertSpread(
      SessionsAnswer.Spread spread,
      List<List<Happening>> sessions,
      Function<List<Happening>, Double> value) {
    List<Double> sorted = sessions.stream().map(value).sorted().toList();
    if (sorted.isEmpty()) {
      assertThat(spread).isEqualTo(new SessionsAnswer.Spread(null, null, null));
      return;
    }
    assertThat(spread.mean())
        .isCloseTo(sorted.stream().mapToDouble(each -> each).average().orElseThrow(), ROUNDING);
    assertThat(share(sorted, spread.median(), true)).isGreaterThanOrEqualTo(0.5);
    assertThat(share(sorted, spread.median(), false)).isLessThan(0.5);
    assertThat(share(sorted, spread.p90(), true)).isGreaterThanOrEqualTo(0.9);
    assertThat(share(sorted, spread.p90(), false)).isLessThan(0.9);
  }

  /// Of the values, how many are at most that, or less.
  private static double share(List<Double> values, @Nullable Double bound, boolean orEqual) {
    double limit = Objects.requireNonNullElse(bound, Double.NaN);
    return (double)
            values.stream()
                .filter(value -> orEqual ? value <= limit + 1e-9 : value < limit - 1e-9)
                .count()
        / values.size();
  }

  private static List<Edge> edges(
      List<List<Happening>> sessions, Function<List<Happening>, Happening> edge, int most) {
    Map<Happened, Long> counts =
        sessions.stream()
            .map(edge)
            .collect(
                Collectors.groupingBy(
                    each -> new Happened(each.name(), each.isStep()), Collectors.counting()));
    List<Edge> edges = new ArrayList<>();
    counts.forEach(
        (happened, count) -> edges.add(new Edge(happened.name(), happened.isStep(), count)));
    edges.sort(
        Comparator.comparingLong((Edge each) -> -each.sessions())
            .thenComparing(Edge::name)
            .thenComparing(Edge::isStep));
    return edges.subList(0, Math.min(most, edges.size()));
  }

  private static double seconds(List<Happening> session) {
    return session.getFirst().at().until(session.getLast().at(), ChronoUnit.MICROS) / 1e6;
  }

  private static SessionsQuestion question(Random random) {
    Instant from = JourneyCrowd.anyTime(random);
    return new SessionsQuestion(
        new AskedTime(from.toString()),
        new AskedTime(from.plusSeconds(1 + random.nextInt(500_000)).toString()),
        ZoneId.of(random.nextBoolean() ? "Asia/Kolkata" : "Europe/Berlin"),
        List.of(CalendarUnit.HOUR, CalendarUnit.DAY, CalendarUnit.WEEK).get(random.nextInt(3)),
        DayOfWeek.of(1 + random.nextInt(7)),
        random.nextInt(3) == 0 ? EventSelector.event("image_upload") : null,
        1 + random.nextInt(5));
  }
}
