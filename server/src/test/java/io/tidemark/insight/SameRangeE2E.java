package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The same text for a range is the same time, and the same people, in every kind of question.
class SameRangeE2E {

  /// A whole question of each kind without its range, and where its answer says how many people.
  private static final Map<String, String> KINDS =
      Map.of(
          """
          {"question": "trend", %s, "series": [{"event": "seen", "measure": "people"}]}\
          """,
          "/lines/0/asked/total",
          """
          {"question": "trend", %s, "interval": "week", "week_starts": "sunday",
           "series": [{"event": "seen", "measure": "people", "where": [{"property": "a", "exists": false}]}]}\
          """,
          "/lines/0/asked/total",
          """
          {"question": "funnel", %s, "steps": [{"event": "seen"}]}\
          """,
          "/steps/0/converted",
          """
          {"question": "funnel-people", "funnel": {%s, "steps": [{"event": "seen"}]}, "step": 1, "outcome": "converted"}\
          """,
          "/count",
          """
          {"question": "sessions", %s, "having": {"event": "seen"}}\
          """,
          "/people",
          """
          {"question": "paths", %s, "around": {"event": "seen"}}\
          """,
          "/sessions",
          """
          {"question": "engagement", %s}\
          """,
          "/distribution/people");

  private static TidemarkServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.2S");
    key = server.key(KeyKind.PEOPLE);
    Instant now = Instant.now();
    String records =
        """
        {"records": [%s, %s, %s, %s]}
        """
            .formatted(
                record("long-ago", now.minus(Duration.ofDays(8))),
                record("a-week-ago", now.minus(Duration.ofDays(7)).minus(Duration.ofHours(2))),
                record("lately", now.minus(Duration.ofDays(3))),
                record("ahead", now.plus(Duration.ofHours(2))));
    HttpResponse<String> sent =
        server.post(
            server.key(KeyKind.SECRET),
            "application/json",
            records.getBytes(StandardCharsets.UTF_8));
    assertThat(sent.body()).contains("\"rejected\":0");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            server.ask(key, "/api/v1/insights/coverage").at("/facts/0/records").asLong() == 4);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "-P7D, UTC, 1",
    "-P1W, Asia/Kolkata, 1",
    "-P7D, America/Los_Angeles, 1",
    "-P9D, Europe/Berlin, 3",
    "-PT168H, UTC, 1",
    "-PT171H, UTC, 2",
    "-P1D, UTC, 0"
  })
  void from_ofOneText_isTheSamePeopleInEveryKind(String from, String zone, long people) {
    Instant before = Instant.now();
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      String range = "\"from\": \"%s\", \"zone\": \"%s\"".formatted(from, zone);

      JsonNode answer = ask(kind.getKey().formatted(range));

      assertThat(answer.at(kind.getValue()).asLong()).as("%s", kind.getKey()).isEqualTo(people);
      Instant start = time(answer, "/range/from");
      Instant end = time(answer, "/range/to");
      assertThat(end).isBetween(before, Instant.now().plus(1, ChronoUnit.MINUTES));
      assertThat(end).isEqualTo(end.truncatedTo(ChronoUnit.MINUTES));
      if (!from.contains("T")) {
        assertThat(start.atZone(ZoneId.of(zone)).toLocalTime().toSecondOfDay()).isZero();
      }
    }
  }

  @Test
  void trend_ofSevenDays_isSevenBarsAndIsComparedWithTheSevenBefore() {
    JsonNode answer =
        ask(
            """
            {"question": "trend", "from": "-P7D", "compare": true, "series": [{"event": "seen"}]}
            """);

    assertThat(answer.get("intervals").size()).isEqualTo(7);
    assertThat(answer.get("partial_intervals").size()).isEqualTo(1);
    assertThat(answer.at("/partial_intervals/0")).isEqualTo(answer.at("/intervals/6"));
    assertThat(answer.at("/lines/0/previous/values").size()).isEqualTo(7);
    Duration week = Duration.ofDays(7);
    assertThat(time(answer, "/previous_range/from"))
        .isEqualTo(time(answer, "/range/from").minus(week));
    assertThat(time(answer, "/previous_range/to")).isEqualTo(time(answer, "/range/to").minus(week));
    assertThat(answer.at("/lines/0/previous/total").asLong()).isEqualTo(2);
  }

  @Test
  void range_overAllTime_holdsWhatIsDatedAhead() {
    JsonNode answer = ask("{\"question\": \"engagement\"}");

    assertThat(answer.at("/distribution/people").asLong()).isEqualTo(4);
    assertThat(time(answer, "/range/to")).isAfter(Instant.now().plus(1, ChronoUnit.HOURS));
    assertThat(answer.at("/people/0/recency/days").asDouble()).isNotNegative();
  }

  /// Asking without `from` is asking with the text that the guide names.
  @ParameterizedTest
  @CsvSource({
    "trend, -P30D",
    "funnel, -P30D",
    "sessions, -P7D",
    "retention, -P12W",
    "lifecycle, -P12W",
    "revenue, -P30D",
    "performance, -P7D",
    "paths, -P7D",
    "api-totals, -P30D"
  })
  void from_absent_isTheDocumentedText(String kind, String from) {
    String rest =
        switch (kind) {
          case "trend" -> ", \"series\": [{\"event\": \"seen\"}]";
          case "performance" -> ", \"conversion\": {\"event\": \"seen\"}";
          case "paths" -> ", \"around\": {\"event\": \"seen\"}";
          default -> "";
        };
    String zone = ", \"zone\": \"Asia/Kolkata\"";

    JsonNode absent = ask("{\"question\": \"%s\"%s%s}".formatted(kind, zone, rest));
    JsonNode said =
        ask("{\"question\": \"%s\", \"from\": \"%s\"%s%s}".formatted(kind, from, zone, rest));

    assertThat(absent.at("/range/from")).isEqualTo(said.at("/range/from"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-P0D",
        "P7D",
        "-P-7D",
        "-P1.5D",
        "-P99999999999D",
        "-P999999999Y",
        "-PT0S",
        "-P1MT1H"
      })
  void from_noTimeBeforeNow_isRefusedByNameInEveryKindAndAddress(String from) {
    for (String kind : KINDS.keySet()) {
      HttpResponse<String> answer =
          send(kind.formatted("\"from\": \"%s\"".formatted(from)), "application/json");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(JsonMapper.shared().readTree(answer.body()).get("field").asString())
          .endsWith("from");
      assertThat(answer.body()).contains("-P30D");
    }
    for (String address :
        List.of(
            "endpoints?",
            "metrics?",
            "funnel-steps?",
            "funnel?",
            "api-trend?",
            "api-totals?",
            "refusals?",
            "sessions?user_id=a&")) {
      HttpResponse<String> answer = server.get(key, "/api/v1/insights/" + address + "from=" + from);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("\"field\":\"from\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trend", "retention", "lifecycle", "sessions"})
  void weekStarts_noDay_isRefusedByName(String kind) {
    HttpResponse<String> answer =
        send(
            "{\"question\": \"%s\", \"week_starts\": \"someday\"%s}"
                .formatted(
                    kind, kind.equals("trend") ? ", \"series\": [{\"event\": \"seen\"}]" : ""),
            "application/json");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"week_starts\"").contains("monday");
  }

  @Test
  void csv_ofIntervals_saysWhichAreNotWhole() {
    HttpResponse<String> answer =
        send(
            """
            {"question": "trend", "from": "-P7D", "series": [{"event": "seen"}]}
            """,
            "text/csv");

    List<String> lines = answer.body().lines().toList();
    assertThat(lines.getFirst()).endsWith(",partial");
    assertThat(lines.subList(1, 7)).allMatch(line -> line.endsWith(",false"));
    assertThat(lines.get(7)).endsWith(",true");
  }

  private static String record(String person, Instant at) {
    return """
    {"type": "user_event", "id": "%1$s", "user_id": "%1$s", "timestamp": "%2$s", "event_type": "seen"}\
    """
        .formatted(person, at);
  }

  private static Instant time(JsonNode answer, String path) {
    return OffsetDateTime.parse(answer.at(path).asString())
        .withOffsetSameInstant(ZoneOffset.UTC)
        .toInstant();
  }

  private static JsonNode ask(String document) {
    HttpResponse<String> answer = send(document, "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> send(String document, String accept) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }
}
