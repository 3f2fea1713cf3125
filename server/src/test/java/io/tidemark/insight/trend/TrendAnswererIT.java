package io.tidemark.insight.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.CalendarUnit;
import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.Happening;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.RandomPeople;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.question.AnswerHead.ZonedRange;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.FilterValue;
import io.tidemark.insight.select.PropertyFilter;
import io.tidemark.insight.trend.TrendAnswer.Line;
import io.tidemark.platform.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Trends of random people equal what looking at every happening says, from rollups and detail.
class TrendAnswererIT {

  private static final Instant START = Instant.parse("2026-02-20T10:00:00Z");
  private static final Duration SPAN = Duration.ofDays(60);
  private static final Instant NOW = START.plus(SPAN);
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/Havana",
          "Asia/Kolkata",
          "Asia/Kathmandu",
          "Australia/Lord_Howe");

  private static PeopleDatabase people;
  private static List<Happening> happenings;
  private static TrendAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    people = new PeopleDatabase(NOW);
    RandomPeople crowd = new RandomPeople(71, 60, START, SPAN);
    happenings = crowd.next(4_000);
    people.store(crowd, happenings, new Random(72));
    answerer = answerer(people.jdbc());
  }

  @AfterAll
  static void close() {
    people.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answer_randomQuestions_equalsEveryHappeningCounted(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      assertTrue(question(random));
    }
  }

  private static void assertTrue(TrendQuestion question) {
    TrendAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(NOW));

    assertThat(answer.head().exact()).isTrue();
    TrendOracle oracle =
        new TrendOracle(
            happenings,
            question.unit(),
            zone(question),
            Objects.requireNonNullElse(question.weekStarts(), DayOfWeek.MONDAY));
    List<Object> labels =
        answer.intervals().stream().map(start -> oracle.label(start.toInstant())).toList();
    assertThat(labels).doesNotHaveDuplicates();
    answer
        .intervals()
        .forEach(start ->
            assertThat(oracle.label(start.toInstant().minus(1, ChronoUnit.MICROS)))
                .isNotEqualTo(oracle.label(start.toInstant())));
    TimeRange range = range(answer.head().range());
    assertThat(range).isEqualTo(asked(question).widenedTo(ChronoUnit.MINUTES));
    assertThat(oracle.label(range.from())).isEqualTo(labels.getFirst());
    assertThat(oracle.label(range.to().minus(1, ChronoUnit.MICROS))).isEqualTo(labels.getLast());
    assertPartial(answer, oracle, range);
    int back = assertPrevious(answer, question, oracle, range);
    List<Line> expected = new ArrayList<>();
    Function<Happening, @Nullable String> value = value(question.breakdown());
    List<@Nullable String> values =
        question.breakdown() == null
            ? List.of()
            : oracle.values(
                range, question.breakdown().shown(), meant(question.series().getFirst()), value);
    for (TrendSeries series : question.series()) {
      Predicate<Happening> all = meant(series);
      for (String shown : values) {
        Predicate<Happening> has = each -> Objects.equals(value.apply(each), shown);
        expected.add(line(oracle, answer, series, back, shown, false, all.and(has)));
      }
      Predicate<Happening> others =
          all.and(each -> question.breakdown() == null || !values.contains(value.apply(each)));
      expected.add(line(oracle, answer, series, back, null, question.breakdown() != null, others));
    }
    assertThat(answer.lines().subList(0, expected.size())).as("%s", question).isEqualTo(expected);
  }

  private static void assertPartial(TrendAnswer answer, TrendOracle oracle, TimeRange range) {
    boolean endsWithin =
        oracle.label(range.to()).equals(oracle.label(range.to().minus(1, ChronoUnit.MICROS)));
    for (int place = 0; place < answer.intervals().size(); place++) {
      OffsetDateTime start = answer.intervals().get(place);
      boolean isLast = place + 1 == answer.intervals().size();
      Instant end = isLast ? range.to() : answer.intervals().get(place + 1).toInstant();
      assertThat(answer.partialIntervals().contains(start))
          .as("%s of %s", start, answer.head())
          .isEqualTo(
              start.toInstant().isBefore(range.from())
                  || (isLast && endsWithin)
                  || end.isAfter(NOW));
    }
  }

  /// As few intervals back as bring the range before itself.
  private static int assertPrevious(
      TrendAnswer answer, TrendQuestion question, TrendOracle oracle, TimeRange range) {
    if (!question.isCompared()) {
      assertThat(answer.previousRange()).isNull();
      return 0;
    }
    int back = 1;
    while (oracle.before(range.to(), back).isAfter(range.from())) {
      back++;
    }
    TimeRange before = range(Objects.requireNonNull(answer.previousRange()));
    assertThat(before.from()).isEqualTo(oracle.before(range.from(), back));
    if (!before.isEmpty()) {
      assertThat(before.to()).isEqualTo(oracle.before(range.to(), back));
    }
    return back;
  }

  private static Line line(
      TrendOracle oracle,
      TrendAnswer answer,
      TrendSeries series,
      int back,
      @Nullable String value,
      boolean isOther,
      Predicate<Happening> meant) {
    return new Line(
        series.label(),
        value,
        isOther,
        values(oracle, answer, range(answer.head().range()), 0, series, meant),
        answer.previousRange() == null
            ? null
            : values(oracle, answer, range(answer.previousRange()), back, series, meant));
  }

  private static TrendAnswer.Values values(
      TrendOracle oracle,
      TrendAnswer answer,
      TimeRange range,
      int back,
      TrendSeries series,
      Predicate<Happening> meant) {
    List<@Nullable Number> values = new ArrayList<>();
    for (OffsetDateTime start : answer.intervals()) {
      Object label = oracle.label(oracle.before(start.toInstant(), back));
      values.add(oracle.during(label, range, series.counted(), meant));
    }
    return new TrendAnswer.Values(oracle.within(range, series.counted(), meant), values);
  }

  private static TimeRange range(ZonedRange range) {
    return new TimeRange(range.from().toInstant(), range.to().toInstant());
  }

  private static TimeRange asked(TrendQuestion question) {
    return new TimeRange(
        Instant.parse(Objects.requireNonNull(question.from()).text()),
        Instant.parse(Objects.requireNonNull(question.to()).text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-P7D", "-P1W"})
  void answer_upToNowWithoutFilter_needsNoDetail(String from) throws SQLException {
    TrendQuestion question =
        new TrendQuestion(
            new AskedTime(from),
            null,
            ZoneId.of("Europe/Berlin"),
            CalendarUnit.DAY,
            null,
            List.of(series("a", TrendMeasure.COUNT), series("b", TrendMeasure.PEOPLE)),
            null,
            List.of(),
            null);
    Instant now = NOW.minusSeconds(12_345);
    TrendAnswer expected = answerer.answer(question, PeopleDatabase.askedAt(now));

    assertThat(expected.intervals()).hasSize(7);
    assertThat(expected.partialIntervals()).containsExactly(expected.intervals().getLast());
    try (Connection connection = people.database().dataSource().getConnection()) {
      connection.setAutoCommit(false);
      JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      jdbc.sql("TRUNCATE user_event_detail, conversion_funnel_detail").update();

      assertThat(answerer(jdbc).answer(question, PeopleDatabase.askedAt(now)).lines())
          .isEqualTo(expected.lines());
      connection.rollback();
    }
  }

  @Test
  void answer_withoutFilterInWholeHours_needsNoDetail() throws SQLException {
    TrendQuestion question =
        new TrendQuestion(
            new AskedTime("2026-03-01"),
            new AskedTime("2026-03-22"),
            ZoneId.of("Europe/Berlin"),
            CalendarUnit.WEEK,
            DayOfWeek.SUNDAY,
            List.of(series("a", TrendMeasure.COUNT), series("b", TrendMeasure.PEOPLE)),
            null,
            List.of(),
            true);
    TrendAnswer expected = answerer.answer(question, PeopleDatabase.askedAt(NOW));

    try (Connection connection = people.database().dataSource().getConnection()) {
      connection.setAutoCommit(false);
      JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      jdbc.sql("TRUNCATE user_event_detail, conversion_funnel_detail").update();

      assertThat(answerer(jdbc).answer(question, PeopleDatabase.askedAt(NOW))).isEqualTo(expected);
      connection.rollback();
    }
  }

  @Test
  void answer_formulas_setOneSeriesAgainstAnother() {
    List<TrendFormula> formulas =
        List.of(
            new TrendFormula("r", TrendFormula.Kind.RATIO, List.of("a", "b")),
            new TrendFormula(null, TrendFormula.Kind.DIFFERENCE, List.of("a", "b")),
            new TrendFormula("s", TrendFormula.Kind.SUM, List.of("b", "a")));

    TrendAnswer answer =
        answerer.answer(
            new TrendQuestion(
                new AskedTime("2026-03-01"),
                new AskedTime("2026-03-04"),
                null,
                null,
                null,
                List.of(series("a", TrendMeasure.COUNT), series("b", TrendMeasure.PEOPLE)),
                null,
                formulas,
                null),
            PeopleDatabase.askedAt(NOW));

    Line a = answer.lines().get(0);
    Line b = answer.lines().get(1);
    assertThat(answer.lines().stream().map(Line::name))
        .containsExactly("a", "b", "r", "difference of a and b", "s");
    for (int place = 0; place < 3; place++) {
      long first = a.asked().values().get(place).longValue();
      long second = b.asked().values().get(place).longValue();
      assertThat(answer.lines().get(2).asked().values().get(place))
          .isEqualTo(second == 0 ? null : (Object) ((double) first / second));
      assertThat(answer.lines().get(3).asked().values().get(place)).isEqualTo(first - second);
      assertThat(answer.lines().get(4).asked().values().get(place)).isEqualTo(first + second);
    }
  }

  @Test
  void question_namesNoSeriesTwice() {
    assertThatThrownBy(() ->
            new TrendQuestion(
                null,
                null,
                null,
                null,
                null,
                List.of(series("a", TrendMeasure.COUNT), series("a", TrendMeasure.PEOPLE)),
                null,
                List.of(),
                null))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.field()).isEqualTo("series[1].name"));
  }

  @Test
  void answer_tooManyIntervals_namesTheField() {
    TrendQuestion question =
        new TrendQuestion(
            new AskedTime("2026-01-01"),
            new AskedTime("2026-03-01"),
            null,
            CalendarUnit.HOUR,
            null,
            List.of(series("a", TrendMeasure.COUNT)),
            null,
            List.of(),
            null);

    assertThatThrownBy(() -> answerer.answer(question, PeopleDatabase.askedAt(NOW)))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.field()).isEqualTo("interval"));
  }

  private static TrendSeries series(String name, TrendMeasure measure) {
    return new TrendSeries(name, "page_view", null, List.of(), measure);
  }

  private static TrendAnswerer answerer(JdbcClient jdbc) {
    return new TrendAnswerer(
        new TrendReader(jdbc),
        new FreshnessReader(jdbc, InstantSource.fixed(NOW)),
        PeopleDatabase.MINUTES_KEPT);
  }

  private static TrendQuestion question(Random random) {
    CalendarUnit unit = List.of(CalendarUnit.values()).get(random.nextInt(4));
    String zone =
        ZONES.get(random.nextInt(unit == CalendarUnit.HOUR ? ZONES.size() - 1 : ZONES.size()));
    Instant from =
        START.plus((long) (random.nextDouble() * SPAN.toNanos() / 1_000), ChronoUnit.MICROS);
    Duration longest = unit == CalendarUnit.HOUR ? Duration.ofDays(4) : Duration.ofDays(40);
    Instant to =
        from.plus(1 + (long) (random.nextDouble() * longest.toNanos() / 1_000), ChronoUnit.MICROS);
    List<TrendSeries> series = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int number = 0; number < count; number++) {
      series.add(series("line " + number, random));
    }
    return new TrendQuestion(
        new AskedTime(from.toString()),
        new AskedTime(to.toString()),
        ZoneId.of(zone),
        unit,
        random.nextInt(3) == 0 ? null : DayOfWeek.of(1 + random.nextInt(7)),
        series,
        breakdown(random),
        List.of(),
        random.nextBoolean());
  }

  private static TrendSeries series(String name, Random random) {
    List<PropertyFilter> where =
        random.nextBoolean()
            ? List.of()
            : List.of(PropertyFilter.property("device", new FilterValue("phone")));
    TrendMeasure measure = List.of(TrendMeasure.values()).get(random.nextInt(3));
    return switch (random.nextInt(3)) {
      case 0 -> new TrendSeries(name, null, null, where, measure);
      case 1 -> new TrendSeries(name, "image_upload", null, where, measure);
      default -> new TrendSeries(name, null, "page_visit", where, measure);
    };
  }

  private static @Nullable Breakdown breakdown(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Breakdown("device", null, null, 1 + random.nextInt(6));
      case 1 -> new Breakdown(null, "plan", null, 1 + random.nextInt(4));
      default -> null;
    };
  }

  private static Function<Happening, @Nullable String> value(@Nullable Breakdown breakdown) {
    return breakdown == null || breakdown.trait() == null
        ? each -> each.shown("device")
        : Happening::plan;
  }

  private static Predicate<Happening> meant(TrendSeries series) {
    return each ->
        each.isStep() == (series.step() != null)
            && (series.event() == null || each.name().equals(series.event()))
            && (series.step() == null || each.name().equals(series.step()))
            && (series.where().isEmpty() || "phone".equals(each.shown("device")));
  }

  private static ZoneId zone(TrendQuestion question) {
    return Asking.zone(question.zone());
  }
}
