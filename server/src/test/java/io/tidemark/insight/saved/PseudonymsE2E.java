package io.tidemark.insight.saved;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What those are told of people who may not see who they are: pseudonyms of their own, and no list
/// of a few. Seven people, of whom a known and an anonymous one are called the same.
class PseudonymsE2E {

  private static final String SAVED = "/api/v1/saved-questions";
  private static final String RANGE = "\"from\": \"2026-10-05\", \"to\": \"2026-10-06\"";
  private static final String ENGAGEMENT =
      "{\"question\": \"engagement\", \"limit\": 100, " + RANGE + "}";
  private static final String TOOK =
      "{\"question\": \"funnel-people\", \"step\": 1, \"outcome\": \"converted\", \"limit\": %d, \"funnel\": {%s, \"unit\": \"%s\", \"steps\": [{\"event\": \"visit\", \"where\": [{\"property\": \"nth\", \"less\": %d}]}]}}";

  private static TidemarkServer server;
  private static String people;
  private static String read;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    people = server.key(KeyKind.PEOPLE);
    read = server.key(KeyKind.READ);
    List<String> records = new ArrayList<>();
    for (int nth = 0; nth < 7; nth++) {
      String named =
          nth == 0
              ? "\"anonymous_id\": \"twin\""
              : "\"user_id\": \"%s\"".formatted(nth == 1 ? "twin" : "person-of-" + nth);
      records.add(
          "{\"type\": \"user_event\", \"event_type\": \"visit\", \"timestamp\": \"2026-10-05T10:0%1$d:00Z\", %2$s, \"session_id\": \"s-%1$d\", \"properties\": {\"nth\": %1$d}}"
              .formatted(nth, named));
    }
    records.add(
        "{\"type\": \"user_event\", \"event_type\": \"visit\", \"timestamp\": \"2026-10-05T11:00:00Z\", \"session_id\": \"s-nobody\", \"properties\": {\"nth\": 0}}");
    HttpResponse<String> answer =
        server.post(
            server.key(KeyKind.SECRET),
            "application/json",
            ("[" + String.join(",", records) + "]").getBytes(StandardCharsets.UTF_8));
    assertThat(answer.body()).contains("\"rejected\":0");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void people_inEveryFormOfOneAudience_areCalledTheSame() {
    Set<String> json = persons(ask(read, ENGAGEMENT));

    assertThat(json).hasSize(7).allMatch(each -> each.matches("person-[0-9a-f]{16}"));
    assertThat(persons(ask(read, took("person", 100)))).isEqualTo(json);
    assertThat(csvPersons(ENGAGEMENT, 1)).isEqualTo(json);
    assertThat(csvPersons(took("person", 100), 0)).isEqualTo(json);
    assertThat(persons(json(send("POST", read, "/api/v1/questions?explain=true", ENGAGEMENT))))
        .isEqualTo(json);
    String saved = saved(ENGAGEMENT);
    for (int time = 0; time < 3; time++) {
      assertThat(persons(json(send("GET", read, saved + "/answer", "")))).isEqualTo(json);
    }
    assertThat(
            server
                .database()
                .count(
                    "SELECT count(*) FROM kept_answer WHERE answer IS NOT NULL AND NOT shows_people"))
        .isPositive();
    assertThat(
            server
                .database()
                .count(
                    "SELECT count(*) FROM kept_answer WHERE (answer::text LIKE '%person-%' OR answer::text LIKE '%twin%') AND NOT shows_people"))
        .isZero();
  }

  @Test
  void people_ofEachKeyAndLink_areCalledOtherwise() {
    String saved = saved(ENGAGEMENT);
    String id = saved.substring(SAVED.length() + 1);
    String dashboard =
        "/api/v1/dashboards/"
            + json(send(
                    "POST",
                    people,
                    "/api/v1/dashboards",
                    "{\"name\": \"x\", \"questions\": [\"%s\"]}".formatted(id)))
                .get("id")
                .asString();
    List<Set<String>> told = new ArrayList<>();
    told.add(persons(ask(read, ENGAGEMENT)));
    told.add(persons(ask(server.key(KeyKind.READ), ENGAGEMENT)));
    told.add(persons(ask(key(), ENGAGEMENT)));
    server.part(KeyStore.class).revoke("again");
    told.add(persons(ask(key(), ENGAGEMENT)));
    for (String linked : List.of(saved, saved, dashboard)) {
      String link =
          json(send("POST", people, linked + "/links", "")).get("api").asString()
              + "/questions/"
              + id
              + "/answer";
      Set<String> shown = persons(json(send("GET", "", link, "")));
      assertThat(persons(json(send("GET", people, link, "")))).isEqualTo(shown);
      assertThat(csvPersons(send("GET", "", link + ".csv", ""), 1)).isEqualTo(shown);
      told.add(shown);
    }
    told.add(persons(json(send("GET", server.key(KeyKind.READ), saved + "/answer", ""))));

    Set<String> all = new HashSet<>();
    told.forEach(all::addAll);
    assertThat(told).allSatisfy(each -> assertThat(each).hasSize(7));
    assertThat(all).hasSize(7 * told.size());
  }

  @Test
  void knownAndAnonymousOfOneName_areTwo() {
    List<JsonNode> twins =
        ask(people, ENGAGEMENT)
            .get("people")
            .valueStream()
            .filter(each -> each.get("person").asString().equals("twin"))
            .toList();
    assertThat(twins)
        .extracting(each -> each.get("is_known").asBoolean())
        .containsExactlyInAnyOrder(true, false);
    assertThat(csv(people, ENGAGEMENT)).contains(",twin,true,", ",twin,false,");
    assertThat(csv(people, took("person", 100))).contains("twin,true,", "twin,false,");
    assertThat(
            ask(people, took("person", 100))
                .get("people")
                .valueStream()
                .map(each -> each.get("person").asString() + each.get("is_known")))
        .contains("twintrue", "twinfalse");
  }

  @ParameterizedTest
  @CsvSource({", true, 01", "false, true, 01", "true, false, 00"})
  void person_ofANameThatTwoHave_isTheOneAskedFor(
      @Nullable Boolean anonymous, boolean isKnown, String minute) {
    String which = anonymous == null ? "" : ", \"anonymous\": " + anonymous;
    JsonNode journey =
        ask(
            people,
            "{\"question\": \"journey\", \"person\": \"twin\"%s, %s}".formatted(which, RANGE));
    JsonNode engagement =
        ask(
            people,
            "{\"question\": \"engagement\", \"person\": \"twin\"%s, %s}".formatted(which, RANGE));
    JsonNode sessions =
        json(
            send(
                "GET",
                people,
                "/api/v1/insights/sessions?user_id=twin&from=2026-10-05T00:00:00Z&to=2026-10-06T00:00:00Z"
                    + (anonymous == null ? "" : "&anonymous=" + anonymous),
                ""));

    assertThat(journey.at("/person/is_known").asBoolean()).isEqualTo(isKnown);
    assertThat(journey.get("moments").valueStream().map(each -> each.get("at").asString()))
        .containsExactly("2026-10-05T10:" + minute + ":00Z");
    assertThat(engagement.get("people").valueStream().map(each -> each.get("is_known").asBoolean()))
        .containsExactly(isKnown);
    assertThat(sessions.get("is_known").asBoolean()).isEqualTo(isKnown);
    assertThat(sessions.at("/sessions/0/started_at").asString())
        .isEqualTo("2026-10-05T10:" + minute + ":00Z");
  }

  @Test
  void person_whoseNameOnlyTheOtherKindHas_isFoundUnlessTheKindIsNamed() {
    String question =
        "{\"question\": \"engagement\", \"person\": \"person-of-3\", " + RANGE + "%s}";

    assertThat(ask(people, question.formatted("")).get("people").size()).isEqualTo(1);
    assertThat(ask(people, question.formatted(", \"anonymous\": true")).get("people")).isEmpty();
    assertThat(
            send(
                    "POST",
                    people,
                    "/api/v1/questions",
                    "{\"question\": \"engagement\", \"anonymous\": true}")
                .body())
        .contains("\"field\":\"anonymous\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"person", "session"})
  void list_ofFewerThanFive_isKeptBack(String unit) {
    String few = took(unit, unit.equals("person") ? 4 : 3);

    JsonNode hidden = ask(read, few);
    HttpResponse<String> rows = rows(read, few);

    assertThat(hidden.get("count").asLong()).isEqualTo(4);
    assertThat(hidden.get("people")).isEmpty();
    assertThat(hidden.get("people_needed").asLong()).isEqualTo(5);
    assertThat(rows.body()).isEqualTo("person,is_known,began_at,reached,seconds\r\n");
    assertThat(rows.headers().firstValue("Tidemark-People-Needed")).contains("5");
    assertThat(ask(people, few).get("people").size()).isEqualTo(4);
    assertThat(ask(people, few).has("people_needed")).isFalse();
  }

  @Test
  void list_ofFiveOrNobody_isShownHoweverFewAreAskedFor() {
    JsonNode one = ask(read, TOOK.formatted(1, RANGE, "person", 5));
    JsonNode nobody = ask(read, took("person", 0));

    assertThat(one.get("people").size()).isEqualTo(1);
    assertThat(one.get("count").asLong()).isEqualTo(5);
    assertThat(one.has("people_needed")).isFalse();
    assertThat(nobody.get("count").asLong()).isZero();
    assertThat(nobody.has("people_needed")).isFalse();
  }

  @Test
  void engagement_ofFewerThanFive_isADistributionWithoutPeople() {
    String few =
        "{\"question\": \"engagement\", \"from\": \"2026-10-05T10:00:00Z\", \"to\": \"2026-10-05T10:04:00Z\"}";

    JsonNode hidden = ask(read, few);
    HttpResponse<String> rows = rows(read, few);

    assertThat(hidden.at("/distribution/people").asLong()).isEqualTo(4);
    assertThat(hidden.get("people")).isEmpty();
    assertThat(hidden.get("people_needed").asLong()).isEqualTo(5);
    assertThat(rows.body()).isEqualTo("rank,person,is_known,score,events,last_at\r\n");
    assertThat(rows.headers().firstValue("Tidemark-People-Needed")).contains("5");
    assertThat(ask(people, few).get("people").size()).isEqualTo(4);
  }

  private static String took(String unit, int fewerThan) {
    return TOOK.formatted(100, RANGE, unit, fewerThan);
  }

  private static String key() {
    if (server.part(KeyStore.class).create("again", KeyKind.READ)
        instanceof CreateKeyOutcome.Created(String key)) {
      return key;
    }
    throw new IllegalStateException();
  }

  private static Set<String> persons(JsonNode answer) {
    Set<String> persons = new HashSet<>();
    answer.get("people").forEach(each -> persons.add(each.get("person").asString()));
    return persons;
  }

  private static Set<String> csvPersons(String document, int column) {
    return csvPersons(rows(read, document), column);
  }

  private static Set<String> csvPersons(HttpResponse<String> rows, int column) {
    Set<String> persons = new HashSet<>();
    rows.body().lines().skip(1).forEach(row -> persons.add(row.split(",", -1)[column]));
    return persons;
  }

  private static String csv(String key, String document) {
    return rows(key, document).body();
  }

  private static HttpResponse<String> rows(String key, String document) {
    return server.send(
        HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
            .header("Authorization", "Bearer " + key)
            .header("Accept", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString(document)));
  }

  private static String saved(String document) {
    return SAVED
        + "/"
        + json(send("POST", people, SAVED, "{\"name\": \"x\", \"document\": " + document + "}"))
            .get("id")
            .asString();
  }

  private static JsonNode ask(String key, String document) {
    return json(send("POST", key, "/api/v1/questions", document));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> send(String method, String key, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(path))
            .header("Content-Type", "application/json")
            .header("Accept", path.endsWith(".csv") ? "text/csv" : "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return server.send(request);
  }
}
