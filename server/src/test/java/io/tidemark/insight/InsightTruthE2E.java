package io.tidemark.insight;

import static io.tidemark.insight.BusyServer.encode;
import static io.tidemark.insight.BusyServer.endOf;
import static io.tidemark.insight.BusyServer.startOf;
import static io.tidemark.insight.BusyServer.utc;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.funnel.ChainOracle;
import io.tidemark.insight.walk.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Every number of every question, asked over HTTP, equals a query over the detail rows of the
/// range that the answer names.
class InsightTruthE2E {

  private static BusyServer server;
  private static DetailAnswer detail;

  @BeforeAll
  static void start() {
    server = BusyServer.start(31);
    detail = new DetailAnswer(server.database());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void live_equalsDetail() {
    Instant before = Instant.now();
    JsonNode live = server.ask("live");
    Instant after = Instant.now();

    JsonNode series = live.get("series");
    Instant start = Instant.parse(series.get(0).get("at").asString());
    Instant end = Instant.parse(series.get(29).get("at").asString()).plusSeconds(60);
    Instant recent = end.minusSeconds(300);
    detail.assertSame(series, DetailSql.LIVE_SERIES, utc(start), utc(end));
    assertThat(series.size()).isEqualTo(30);
    assertThat(end).isAfter(before).isBeforeOrEqualTo(after.plusSeconds(60));
    detail.assertSameOne(live, DetailSql.LIVE, utc(recent), utc(end));
    assertThat(live.get("people_window_seconds").asLong()).isEqualTo(300);
    long requests =
        server
            .database()
            .count(
                "SELECT count(*) FROM api_response_time WHERE ts >= ? AND ts < ?",
                utc(recent),
                utc(end));
    assertThat(requests / live.get("requests_per_second").asDouble())
        .isBetween(seconds(recent, before), seconds(recent, after));
    String stored =
        "SELECT coalesce(sum(records), 0) FROM batch WHERE committed_at >= ? AND committed_at < ?";
    assertThat(Math.round(live.get("records_per_second").asDouble() * 60))
        .isBetween(
            server.database().count(stored, utc(after.minusSeconds(60)), utc(before)),
            server.database().count(stored, utc(before.minusSeconds(60)), utc(after)));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void endpoints_equalDetail(TimeRange asked) {
    JsonNode answer = server.askRange("endpoints", asked);

    detail.assertSame(answer.get("endpoints"), DetailSql.ENDPOINTS, startOf(answer), endOf(answer));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void metrics_equalDetail(TimeRange asked) {
    JsonNode answer = server.askRange("metrics", asked);

    detail.assertSame(answer.get("metrics"), DetailSql.METRICS, startOf(answer), endOf(answer));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void funnelSteps_equalDetail(TimeRange asked) {
    JsonNode answer = server.askRange("funnel-steps", asked);

    detail.assertSame(answer.get("steps"), DetailSql.FUNNEL_STEPS, startOf(answer), endOf(answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"minute", "hour", "day"})
  void apiTrend_equalsDetail(String interval) {
    ranges().stream()
        .filter(asked -> !interval.equals("minute") || seconds(asked.from(), asked.to()) < 259_000)
        .forEach(asked -> {
          JsonNode answer = server.askRange("api-trend?interval=" + interval, asked);
          JsonNode one =
              server.askRange(
                  "api-trend?endpoint=" + encode("/api/a b?&+#%") + "&interval=" + interval, asked);

          String used = answer.get("interval").asString();
          detail.assertSame(
              answer.get("points"),
              DetailSql.TREND,
              used,
              "UTC",
              startOf(answer),
              endOf(answer),
              "");
          detail.assertSame(
              one.get("points"),
              DetailSql.TREND,
              used,
              "UTC",
              startOf(one),
              endOf(one),
              "/api/a b?&+#%");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"minute", "hour", "day"})
  void apiTotals_equalDetail(String interval) {
    ranges().stream()
        .filter(asked -> !interval.equals("minute") || seconds(asked.from(), asked.to()) < 259_000)
        .forEach(asked -> {
          JsonNode answer = server.askRange("api-totals?interval=" + interval, asked);

          detail.assertSame(
              answer.get("points"),
              DetailSql.TOTALS,
              answer.get("interval").asString(),
              "UTC",
              startOf(answer),
              endOf(answer));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/St_Johns",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "America/New_York"
      })
  void apiTotals_daysOfATimeZone_equalDetail(String zone) {
    ranges()
        .forEach(asked -> {
          JsonNode answer = server.askRange("api-totals?zone=" + encode(zone), asked);

          assertThat(answer.get("zone").asString()).isEqualTo(zone);
          detail.assertSame(
              answer.get("points"), DetailSql.TOTALS, "day", zone, startOf(answer), endOf(answer));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "Asia/Kolkata"})
  void apiTrend_daysOfATimeZone_equalDetail(String zone) {
    ranges()
        .forEach(asked -> {
          JsonNode answer = server.askRange("api-trend?interval=day&zone=" + encode(zone), asked);

          detail.assertSame(
              answer.get("points"),
              DetailSql.TREND,
              "day",
              zone,
              startOf(answer),
              endOf(answer),
              "");
        });
  }

  @Test
  void range_ofAnAddress_mayBeOfDaysOfAZone() {
    ZoneId zone = ZoneId.of("Asia/Kolkata");
    for (String address :
        List.of("endpoints", "metrics", "funnel-steps", "api-trend", "api-totals", "funnel")) {
      JsonNode answer = server.ask(address + "?from=-P3D&zone=Asia/Kolkata");

      Instant end = endOf(answer).toInstant();
      Instant lastCounted = end.minusMillis(1);
      assertThat(startOf(answer).toInstant())
          .as(address)
          .isEqualTo(
              lastCounted.atZone(zone).toLocalDate().minusDays(2).atStartOfDay(zone).toInstant());
      assertThat(end).isEqualTo(end.truncatedTo(ChronoUnit.MINUTES));
      assertThat(Duration.between(Instant.now(), end).abs()).isLessThan(Duration.ofMinutes(2));
    }
  }

  @Test
  void apiTrend_minutesNoLongerKept_isByTheHour() {
    Instant end = Instant.now().minus(Duration.ofDays(8));

    JsonNode answer =
        server.askRange("api-trend?interval=minute", new TimeRange(end.minusSeconds(7_200), end));

    assertThat(answer.get("interval").asString()).isEqualTo("hour");
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void funnel_equalsEveryChainTried(TimeRange asked) {
    JsonNode answer = server.askRange("funnel", asked);
    assertFunnel(answer, RandomTraffic.FUNNEL, Duration.ofHours(24));

    JsonNode other =
        server.askRange("funnel?steps=image_upload,page_visit,image_upload&window=PT90M", asked);
    assertFunnel(
        other, List.of("image_upload", "page_visit", "image_upload"), Duration.ofMinutes(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user-1", "user-7", "someone-3", "nobody"})
  void sessions_equalDetail(String person) {
    JsonNode answer = server.ask("sessions?user_id=" + person);
    JsonNode months =
        server.ask(
            "sessions?user_id=%s&from=%s"
                .formatted(person, Instant.now().minus(Duration.ofDays(90))));

    detail.assertSame(
        answer.get("sessions"), DetailSql.SESSIONS, person, person, startOf(answer), endOf(answer));
    detail.assertSame(
        months.get("sessions"), DetailSql.SESSIONS, person, person, startOf(months), endOf(months));
  }

  @Test
  void coverage_equalsDetail() {
    detail.assertSame(server.ask("coverage").get("facts"), DetailSql.COVERAGE);
  }

  @Test
  void freshness_whileRecordsCome_promisesNothingThatIsNotThere() {
    long acknowledged = server.database().count("SELECT count(*) FROM conversion_funnel");
    for (int round = 0; round < 8; round++) {
      server.post(List.of("{\"type\": \"conversion_funnel\", \"step\": \"page_visit\"}"));
      acknowledged++;

      JsonNode coverage = server.askWhenFresh("coverage");

      assertThat(coverage.at("/facts/1/records").asLong()).isEqualTo(acknowledged);
    }
  }

  static List<TimeRange> ranges() {
    return RandomRanges.upTo(Instant.now());
  }

  private static void assertFunnel(JsonNode answer, List<String> steps, Duration window) {
    TimeRange range = new TimeRange(startOf(answer).toInstant(), endOf(answer).toInstant());
    List<List<Double>> expected = reached(steps, range, window);
    assertThat(Duration.parse(answer.get("window").asString())).isEqualTo(window);
    assertThat(answer.get("steps").size()).isEqualTo(steps.size());
    long first = expected.getFirst().size();
    long previous = first;
    for (int i = 0; i < steps.size(); i++) {
      JsonNode step = answer.get("steps").get(i);
      long people = expected.get(i).size();
      assertThat(step.get("step").asString()).isEqualTo(steps.get(i));
      assertThat(step.get("entered").asLong()).isEqualTo(previous);
      assertThat(step.get("converted").asLong()).isEqualTo(people);
      assertThat(step.get("drop_off").asLong()).isEqualTo(previous - people);
      assertShare(step.get("conversion_from_first"), people, first);
      assertShare(step.get("conversion_from_previous"), people, previous);
      Double median = median(expected.get(i));
      assertThat(step.get("median_seconds_from_first").isNull()).isEqualTo(median == null);
      if (median != null) {
        assertThat(Math.abs(step.get("median_seconds_from_first").asDouble() - median))
            .isLessThan(1e-5);
      }
      previous = people;
    }
  }

  private static void assertShare(JsonNode share, long people, long of) {
    assertThat(share.isNull()).isEqualTo(of == 0);
    if (of > 0) {
      assertThat(share.asDouble()).isEqualTo((double) people / of);
    }
  }

  /// For each step the seconds from the first that everyone needed who took it.
  private static List<List<Double>> reached(List<String> steps, TimeRange range, Duration window) {
    ChainOracle oracle =
        new ChainOracle(
            steps.size(),
            Micros.of(range.from()),
            Micros.of(range.to()),
            Micros.of(window),
            false,
            List.of());
    List<List<Double>> seconds = new ArrayList<>();
    steps.forEach(_ -> seconds.add(new ArrayList<>()));
    for (List<BusyServer.Completion> completions : server.completions()) {
      List<ChainOracle.Event> events = new ArrayList<>();
      for (BusyServer.Completion completion : completions) {
        List<Integer> places =
            IntStream.rangeClosed(1, steps.size())
                .filter(place -> steps.get(place - 1).equals(completion.step()))
                .boxed()
                .toList();
        if (!places.isEmpty()) {
          events.add(new ChainOracle.Event(Micros.of(completion.at()), places, List.of(), null));
        }
      }
      oracle
          .reached(events)
          .quickest()
          .forEach((step, micros) -> seconds.get(step - 1).add(micros / 1e6));
    }
    return seconds;
  }

  private static @Nullable Double median(List<Double> seconds) {
    if (seconds.isEmpty()) {
      return null;
    }
    List<Double> sorted = seconds.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
