package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Values of breakdowns are whole, numbers that are equal are one, and what is shown can be
/// filtered by: in every question that has a breakdown.
class WholeValuesE2E {

  private static final String LONG = "https://h.example/" + "a".repeat(200);
  private static final String LONGER = "€".repeat(9_000);
  private static final String RANGE = "\"from\": \"2026-10-20\", \"to\": \"2026-10-21\"";

  /// As they are sent, and as they are shown; null for what is not known.
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry(LONG + "/checkout", List.of(quoted(LONG + "/checkout"))),
          Map.entry(LONG + "/cart", List.of(quoted(LONG + "/cart"), quoted(LONG + "/cart"))),
          Map.entry("b".repeat(200), List.of(quoted("b".repeat(200)))),
          Map.entry("b".repeat(201), List.of(quoted("b".repeat(201)))),
          Map.entry(LONGER + "1", List.of(quoted(LONGER + "1"))),
          Map.entry(LONGER + "2", List.of(quoted(LONGER + "2"))),
          Map.entry("", List.of("\"\"")),
          Map.entry(" a", List.of("\" a\"")),
          Map.entry("a", List.of("\"a\"")),
          Map.entry("a ", List.of("\"a \"")),
          Map.entry("null", List.of("\"null\"")),
          Map.entry("other", List.of("\"other\"")),
          Map.entry("10", List.of("10", "10.0", "10.00", "1e1", "1E+1", "100e-1", "\"10\"")),
          Map.entry("10.0", List.of("\"10.0\"")),
          Map.entry("10.50", List.of("\"10.50\"")),
          Map.entry("10.5", List.of("10.5", "10.50", "1.05e1")),
          Map.entry("0", List.of("0", "-0", "0.0", "-0.0e7", "0e-99")),
          Map.entry("0.1", List.of("0.1", "1.0e-1", "0.10")),
          Map.entry("0.1000000000000000055", List.of("0.1000000000000000055")),
          Map.entry("-100.05", List.of("-100.05", "-100.050")),
          Map.entry("1" + "0".repeat(300), List.of("1e300", "10.0e299")),
          Map.entry("[1.5, \"1.50\", \"\\\"2.0\"]", List.of("[1.50,\"1.50\",\"\\\"2.0\"]")),
          Map.entry(
              "{\"a\": 10, \"b\": \"10.0\"}",
              List.of("{\"a\":10.0,\"b\":\"10.0\"}", "{\"b\":\"10.0\",\"a\":1e1}")),
          Map.entry("true", List.of("true", "\"true\"")));

  private static final List<String> UNKNOWN = List.of("null", "null");

  private static TidemarkServer server;
  private static String key;
  private static Map<@Nullable String, Long> expected;

  /// Everyone has an event, a call in a session and a subscription; all say one value.
  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.PEOPLE);
    expected = new HashMap<>();
    VALUES.forEach((shown, sent) -> expected.put(shown, (long) sent.size()));
    expected.put(null, (long) UNKNOWN.size());
    List<String> all = new ArrayList<>(VALUES.values().stream().flatMap(List::stream).toList());
    all.addAll(UNKNOWN);
    String secret = server.key(KeyKind.SECRET);
    for (int person = 0; person < all.size(); person++) {
      String value = all.get(person);
      post(
          secret,
          """
          [{"type": "user", "timestamp": "2026-10-20T08:00:00Z", "user_id": "p%1$d", "traits": {"v": %2$s}},
           {"type": "user_event", "timestamp": "2026-10-20T09:00:00Z", "user_id": "p%1$d", "event_type": "came", "properties": {"v": %2$s},
            "page": %3$s},
           {"type": "conversion_funnel", "timestamp": "2026-10-20T09:00:00Z", "user_id": "p%1$d", "step": "came", "properties": {"v": %2$s}},
           {"type": "api_response_time", "timestamp": "2026-10-20T09:00:01Z", "user_id": "p%1$d", "session_id": "s", "endpoint": "/e", "method": "GET",
            "status_code": 200, "response_time_ms": 5, "properties": {"v": %2$s}},
           {"type": "subscription", "id": "s%1$d", "timestamp": "2026-10-20T10:00:00Z", "user_id": "p%1$d", "tier": "pro", "price": 1,
            "currency": "EUR", "status": "ACTIVE", "started_at": "2026-10-20T10:00:00Z"}]
          """
              .formatted(person, value, page(value)));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"property", "trait"})
  void trend_hasALineForEachValue(String by) {
    JsonNode answer =
        answer(
            """
            {"question": "trend", %s, "series": [{"event": "came", "measure": "people"}], "breakdown": {"%s": "v", "limit": 50}}
            """
                .formatted(RANGE, by));

    Map<@Nullable String, Long> told = new HashMap<>();
    answer
        .get("lines")
        .forEach(line -> {
          if (!line.get("is_other").asBoolean()) {
            told.put(text(line.get("value")), line.at("/asked/total").asLong());
          }
        });
    assertThat(told).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"event, property", "step, property", "event, trait"})
  void funnel_hasAGroupForEachValue(String first, String by) {
    JsonNode answer =
        answer(
            """
            {"question": "funnel", %s, "steps": [{"%s": "came"}], "breakdown": {"%s": "v", "limit": 100}}
            """
                .formatted(RANGE, first, by));

    Map<@Nullable String, Long> told = new HashMap<>();
    answer
        .get("groups")
        .forEach(
            group -> told.put(text(group.get("value")), group.at("/steps/0/converted").asLong()));
    assertThat(told).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"property", "trait"})
  void performance_hasAStratumForEachValue(String by) {
    JsonNode answer =
        answer(
            """
            {"question": "performance", %s, "conversion": {"step": "none"}, "bounds": [1000], "breakdown": {"%s": "v", "limit": 100}}
            """
                .formatted(RANGE, by));

    Map<@Nullable String, Long> told = new HashMap<>();
    answer
        .get("curve")
        .forEach(stratum -> {
          if (!stratum.get("is_all").asBoolean()) {
            told.put(
                text(stratum.get("value")), stratum.at("/buckets/0/conversion/sessions").asLong());
          }
        });
    assertThat(told).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"first_touch, event", "last_touch, event", "last_touch, step"})
  void revenue_isAttributedToEachValue(String by, String touch) {
    JsonNode answer =
        answer(
            """
            {"question": "revenue", %s, "by": "%s", "events": {"%s": "came"}, "breakdown": {"property": "v", "limit": 100}}
            """
                .formatted(RANGE, by, touch));

    Map<@Nullable String, Long> told = new HashMap<>();
    answer
        .get("attributed")
        .forEach(each ->
            told.put(text(each.get("value")), each.at("/revenue/0/subscriptions").asLong()));
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void csv_tellsNothingFromTextWithoutCharacters() {
    HttpResponse<String> csv =
        ask(
            """
            {"question": "funnel", %s, "steps": [{"event": "came"}], "breakdown": {"property": "v", "limit": 100}}
            """
                .formatted(RANGE),
            "text/csv");

    assertThat(csv.body()).contains("\r\nvalue,,came,").contains("\r\nvalue,\"\",came,");
    assertThat(csv.body()).contains(LONG + "/cart,").contains(LONG + "/checkout,");
  }

  @ParameterizedTest
  @CsvSource({"property, v", "trait, v", "field, page"})
  void filter_byWhatIsShown_findsAsManyAsTheLineHas(String by, String name) {
    JsonNode lines =
        answer(
                """
                {"question": "trend", %s, "series": [{"event": "came"}], "breakdown": {"%s": "%s", "limit": 50}}
                """
                    .formatted(RANGE, by, name))
            .get("lines");

    assertThat(lines.size()).isGreaterThan(4);
    for (JsonNode line : lines) {
      String shown = text(line.get("value"));
      if (shown != null) {
        long events = line.at("/asked/total").asLong();
        String value = quoted(shown);
        for (String holds : List.of("\"is\": " + value, "\"one_of\": [%s]".formatted(value))) {
          assertThat(count(by, name, holds)).as(holds).isEqualTo(events);
        }
        for (String fails :
            List.of("\"is_not\": " + value, "\"none_of\": [%s, 7]".formatted(value))) {
          assertThat(count(by, name, fails)).as(fails).isEqualTo(expectedEvents() - events);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'is': 10 | 6",
        "'is': 10.00 | 6",
        "'is': 1e1 | 6",
        "'is': '10' | 7",
        "'is': '10.0' | 1",
        "'one_of': [10.0, '0'] | 11",
        "'none_of': [10.0, '0'] | 34",
        "'is_not': 1.0E1 | 39",
        "'is': -0.0 | 5",
        "'is': 0.1 | 3",
        "'is': 0.1000000000000000055 | 1",
        "'is': 1e300 | 2",
        "'contains': '10.0' | 3",
        "'does_not_contain': '10.0' | 42",
        "'at_least': 10 | 11",
        "'greater': 10 | 5",
        "'at_most': 0 | 7",
        "'less': 0 | 2",
        "'at_least': 0.1, 'at_most': 10.50 | 13",
        "'greater': 0.1, 'less': 0.2 | 1"
      })
  void filter_byNumbers_takesEqualOnesAlike(String filter, long events) {
    for (String by : List.of("property", "trait")) {
      assertThat(count(by, "v", filter.replace('\'', '"'))).as(by).isEqualTo(events);
    }
  }

  private static long expectedEvents() {
    return expected.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long count(String by, String name, String filter) {
    return answer(
            """
            {"question": "trend", %s, "series": [{"event": "came", "where": [{"%s": "%s", %s}]}]}
            """
                .formatted(RANGE, by, name, filter))
        .at("/lines/0/asked/total")
        .asLong();
  }

  /// What is sent as a text is the page too, if it may be that long.
  private static String page(String value) {
    return value.startsWith("\"") && value.length() < 2_000 ? value : "null";
  }

  private static @Nullable String text(JsonNode value) {
    return value.isNull() ? null : value.asString();
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  private static void post(String secret, String records) {
    HttpResponse<String> stored =
        server.post(secret, "application/json", records.getBytes(StandardCharsets.UTF_8));
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
  }

  private static JsonNode answer(String document) {
    HttpResponse<String> answer = ask(document, "application/json");
    assertThat(answer.statusCode()).as("%s %s", document, answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> ask(String document, String accept) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }
}
