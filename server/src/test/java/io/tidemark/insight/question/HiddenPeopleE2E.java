package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.PropertyFilter;
import io.tidemark.testing.CapturedLog;
import io.tidemark.testing.TidemarkServer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Nobody without the right to see people is told who they are, at whatever address, by whatever
/// question, in whatever form. What there is to walk is taken from the server: addresses from its
/// description, questions and their parts from the records they are read into.
class HiddenPeopleE2E {

  private static final String SAVED = "/api/v1/saved-questions";
  private static final String HIDDEN = "people_hidden";

  /// What is known of a row or a person, with a value that the crowd has, and whether it is
  /// personal.
  private record Known(String field, String name, boolean isPersonal) {}

  private static final List<Known> ATTRIBUTES =
      List.of(
          new Known("property", "plan", false),
          new Known("property", "email", true),
          new Known("property", "userEmail", true),
          new Known("property", "contact", true),
          new Known("property", "session_id", true),
          new Known("trait", "email", true),
          new Known("trait", "country", true),
          new Known("trait", "segment", false),
          new Known("field", "page", false),
          new Known("field", "effect_id", false),
          new Known("field", "session_id", true),
          new Known("field", "subscription_tier", false));

  private static TidemarkServer server;
  private static CapturedLog log;
  private static JsonNode description;
  private static String people;
  private static String secret;
  private static String read;
  private static String write;

  /// A document with something known in one place.
  ///
  /// @param path of what says who people are; null when nothing does
  private record Asked(ObjectNode document, @Nullable String path) {}

  @BeforeAll
  static void start() {
    server = TidemarkServer.start("tidemark.insight.people.open-traits=segment");
    people = server.key(KeyKind.PEOPLE);
    secret = server.key(KeyKind.SECRET);
    read = server.key(KeyKind.READ);
    write = server.key(KeyKind.WRITE);
    log = new CapturedLog();
    CrowdOfPeople.arrive(server);
    description = server.ask(read, "/v3/api-docs");
  }

  @AfterAll
  static void stop() {
    log.close();
    server.close();
  }

  @AfterEach
  void logs_nameNobody() {
    assertThat(log.lines()).noneMatch(line -> line.contains(CrowdOfPeople.MARK));
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void everyAddress_asAnybodyWithoutTheRight_namesNobody() {
    JsonNode saved = created(read, SAVED, draft(openDocument()));
    String id = saved.get("id").asString();
    String token = created(read, SAVED + "/" + id + "/links", "").get("token").asString();
    Set<String> addresses = new HashSet<>(Set.of("/actuator", "/actuator/prometheus"));
    description.get("paths").propertyNames().forEach(addresses::add);
    server
        .ask(people, "/actuator/metrics")
        .get("names")
        .valueStream()
        .forEach(name -> addresses.add("/actuator/metrics/" + name.asString()));
    assertThat(addresses).contains("/api/v1/insights/refusals", "/api/v1/shared/{token}");

    for (String address : addresses) {
      JsonNode methods = description.path("paths").path(address);
      for (String method :
          methods.isMissingNode() ? List.of("get") : List.copyOf(methods.propertyNames())) {
        String there = method.equals("get") ? id : UUID.randomUUID().toString();
        String path =
            address.replace("{token}", token).replace("{link}", there).replace("{id}", there)
                + required(methods.path(method));
        for (String key : new String[] {read, write, ""}) {
          HttpResponse<String> answer =
              send(method.toUpperCase(Locale.ROOT), key, path, "*/*", "{}");
          assertThat(answer.statusCode()).as(method + " " + path).isLessThan(500);
          assertNamesNobody(method + " " + path, answer);
        }
      }
    }
  }

  @Test
  void everyQuestion_withEveryFilterAndBreakdown_isRefusedOrNamesNobody() {
    String id = created(people, SAVED, draft(openDocument())).get("id").asString();
    String token = created(people, SAVED + "/" + id + "/links", "").get("token").asString();
    String shared = "/api/v1/shared/" + token + "/questions/" + id + "/answer";
    String saved = SAVED + "/" + id + "/answer";
    Set<String> refused = new HashSet<>();
    Set<String> answered = new HashSet<>();

    for (Asked asked : documents()) {
      String document = asked.document().toString();
      String kind = asked.document().get("question").asString();
      HttpResponse<String> seen = post(people, document, "application/json");
      if (seen.statusCode() == 400) { // a field that these rows do not have
        assertThat(seen.body())
            .as(document)
            .containsAnyOf("is not a field of", "is no group", "a touch says");
        continue;
      }
      assertThat(seen.statusCode()).as(document + seen.body()).isEqualTo(200);
      assertThat(post(secret, document, "text/csv").statusCode()).as(document).isEqualTo(200);
      String changed = draft(asked.document());
      assertThat(send("PUT", people, SAVED + "/" + id, "*/*", changed).statusCode()).isEqualTo(200);
      assertThat(get(people, saved, "application/json").statusCode()).isEqualTo(200);

      List<HttpResponse<String>> answers = new ArrayList<>();
      for (String accept : List.of("application/json", "text/csv")) {
        answers.add(post(read, document, accept));
        answers.add(get(read, saved, accept));
        answers.add(get("", shared, accept));
        answers.add(get(people, shared, accept));
      }
      answers.add(send("POST", read, "/api/v1/questions?explain=true", "*/*", document));
      answers.add(get(read, saved + "?explain=true", "application/json"));
      if (asked.path() == null) {
        answered.add(kind);
        answers.forEach(
            each -> assertThat(each.statusCode()).as(document + each.body()).isEqualTo(200));
      } else {
        refused.add(kind);
        answers.forEach(each -> assertHidden(document, each, asked.path()));
        HttpResponse<String> sharing = send("POST", people, SAVED + "/" + id + "/links", "*/*", "");
        assertHidden(document, sharing, "document." + asked.path());
        assertHidden(
            document, send("POST", read, SAVED, "*/*", changed), "document." + asked.path());
      }
      answers.add(get(read, SAVED + "/" + id, "*/*"));
      answers.add(get(read, SAVED, "*/*"));
      answers.add(get("", "/api/v1/shared/" + token, "*/*"));
      answers.add(post(write, document, "application/json"));
      answers.add(post("", document, "application/json"));
      answers.forEach(each -> assertNamesNobody(document, each));
    }

    Set<String> kinds = server.part(QuestionDocuments.class).kinds();
    Set<String> aboutOnePerson = Set.of("journey");
    assertThat(answered)
        .containsAll(kinds.stream().filter(kind -> !aboutOnePerson.contains(kind)).toList());
    assertThat(refused)
        .containsAll(kinds.stream().filter(kind -> !kind.equals("api-totals")).toList());
  }

  @Test
  void dashboard_withAQuestionAboutTraits_isNotShared() {
    String open = created(people, SAVED, draft(openDocument())).get("id").asString();
    String closed =
        created(
                people,
                SAVED,
                "{\"name\": \"x\", \"document\": {\"question\": \"trend\", \"series\": [{}], \"breakdown\": {\"trait\": \"country\"}}}")
            .get("id")
            .asString();
    String dashboard =
        created(
                people,
                "/api/v1/dashboards",
                "{\"name\": \"x\", \"questions\": [\"%s\", \"%s\"]}".formatted(open, closed))
            .get("id")
            .asString();

    HttpResponse<String> answer =
        send("POST", people, "/api/v1/dashboards/" + dashboard + "/links", "*/*", "");

    assertHidden("dashboard", answer, "questions[1].document.breakdown.trait");
  }

  @Test
  void questions_ofThoseWhoMaySeePeople_tellWhoTheyAre() {
    for (String key : List.of(people, secret)) {
      assertNames(
          key,
          "{\"question\": \"engagement\", \"from\": \"2026-10-05\", \"to\": \"2026-10-06\", \"limit\": 100}",
          CrowdOfPeople.SOMEBODY);
      assertNames(
          key,
          "{\"question\": \"funnel-people\", \"step\": 1, \"outcome\": \"converted\", \"funnel\": {\"from\": \"2026-10-05\", \"to\": \"2026-10-06\", \"steps\": [{\"event\": \"visit\"}]}}",
          CrowdOfPeople.SOMEBODY);
      assertNames(
          key,
          "{\"question\": \"trend\", \"from\": \"2026-10-05\", \"to\": \"2026-10-06\", \"series\": [{}], \"breakdown\": {\"trait\": \"email\"}}",
          "zqx-mail-1@example.org");
      assertNames(
          key,
          "{\"question\": \"journey\", \"person\": \"zqx-known-1\", \"from\": \"2026-10-05\", \"to\": \"2026-10-06\"}",
          "zqx-session-1");
      assertThat(
              get(
                      key,
                      "/api/v1/insights/sessions?user_id=zqx-known-1&from=2026-10-05T00:00:00Z&to=2026-10-06T00:00:00Z",
                      "*/*")
                  .body())
          .contains("zqx-session-1");
    }
  }

  /// Each example, and each with each thing that is known in each place that takes one.
  private static List<Asked> documents() {
    List<Asked> documents = new ArrayList<>();
    description
        .at("/paths/~1api~1v1~1questions/post/requestBody/content/application~1json/examples")
        .forEach(example -> {
          ObjectNode document = (ObjectNode) example.get("value").deepCopy();
          moveToTheCrowd(document);
          String path = path(document);
          documents.add(new Asked(document, path));
          Class<?> question =
              server
                  .part(QuestionDocuments.class)
                  .kind(document.get("question").asString())
                  .question();
          for (String place : places("", question)) {
            for (Known known : ATTRIBUTES) {
              documents.add(planted(document, place, known, path));
            }
          }
        });
    documents.add(new Asked(about("engagement", "person"), "person"));
    documents.add(new Asked(about("journey", "person"), "person"));
    documents.add(new Asked(about("journey", "session"), "session"));
    return documents;
  }

  /// Examples about traits are asked about properties: traits are planted later on.
  private static void moveToTheCrowd(JsonNode part) {
    if (part instanceof ObjectNode object) {
      if (object.has("from")) {
        object.put("from", "2026-10-05").put("to", "2026-10-06");
      }
      if (object.has("trait")) {
        object.set("property", object.remove("trait"));
      }
    }
    part.forEach(HiddenPeopleE2E::moveToTheCrowd);
  }

  private static ObjectNode about(String kind, String field) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("question", kind)
        .put(field, CrowdOfPeople.SOMEBODY);
  }

  private static @Nullable String path(ObjectNode document) {
    if (document.get("question").asString().equals("journey")) {
      return document.has("person") ? "person" : "session";
    }
    return null;
  }

  /// Paths of all breakdowns and lists of filters in a record.
  private static List<String> places(String path, Class<?> type) {
    List<String> places = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName().replaceAll("(?=\\p{Lu})", "_").toLowerCase(Locale.ROOT);
      String there = path.isEmpty() ? name : path + "." + name;
      Type generic = component.getGenericType();
      if (component.getType() == Breakdown.class) {
        places.add(there);
      } else if (generic instanceof ParameterizedType list
          && list.getActualTypeArguments()[0] instanceof Class<?> of) {
        if (of == PropertyFilter.class) {
          places.add(there + "[0]");
        } else if (of.isRecord()) {
          places.addAll(places(there + "[0]", of));
        }
      } else if (component.getType().isRecord()) {
        places.addAll(places(there, component.getType()));
      }
    }
    return places;
  }

  private static Asked planted(
      ObjectNode example, String place, Known known, @Nullable String otherwise) {
    ObjectNode document = example.deepCopy();
    ObjectNode part = document;
    for (String step : place.split("\\.", -1)) {
      String name = step.replace("[0]", "");
      if (!step.endsWith("[0]")) {
        part = part.get(name) instanceof ObjectNode there ? there : part.putObject(name);
      } else if (part.path(name).path(0) instanceof ObjectNode there) {
        part = there;
      } else {
        part = part.putArray(name).addObject();
      }
    }
    boolean isFilter = place.endsWith("[0]");
    part.removeAll();
    part.put(known.field(), known.name());
    if (isFilter) {
      part.put("contains", CrowdOfPeople.MARK);
    }
    String path = known.isPersonal() ? place + "." + known.field() : otherwise;
    return new Asked(document, path);
  }

  private static ObjectNode openDocument() {
    return JsonMapper.shared().createObjectNode().put("question", "engagement").put("limit", 100);
  }

  private static String draft(ObjectNode document) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("name", "Saved")
        .set("document", document)
        .toString();
  }

  /// Parameters that must be there.
  private static String required(JsonNode operation) {
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asString().equals("query")
          && parameter.path("required").asBoolean()) {
        query
            .append(query.isEmpty() ? "?" : "&")
            .append(parameter.get("name").asString())
            .append("=")
            .append(CrowdOfPeople.SOMEBODY);
      }
    }
    return query.toString();
  }

  private static void assertNames(String key, String document, String name) {
    for (String accept : List.of("application/json", "text/csv")) {
      HttpResponse<String> answer = post(key, document, accept);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains(name);
    }
  }

  private static void assertHidden(String what, HttpResponse<String> answer, String path) {
    assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(403);
    assertThat(answer.body())
        .as(what)
        .contains("\"code\":\"" + HIDDEN + "\"", "\"field\":\"" + path + "\"");
  }

  private static void assertNamesNobody(String what, HttpResponse<String> answer) {
    assertThat(answer.body()).as(what).doesNotContainIgnoringCase(CrowdOfPeople.MARK);
    assertThat(answer.headers().map().toString())
        .as(what)
        .doesNotContainIgnoringCase(CrowdOfPeople.MARK);
  }

  private static JsonNode created(String key, String path, String body) {
    HttpResponse<String> answer = send("POST", key, path, "*/*", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static HttpResponse<String> post(String key, String document, String accept) {
    return send("POST", key, "/api/v1/questions", accept, document);
  }

  private static HttpResponse<String> get(String key, String path, String accept) {
    return send("GET", key, path, accept, "");
  }

  private static HttpResponse<String> send(
      String method, String key, String path, String accept, String body) {
    URI address = server.base().resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Accept", accept)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return server.send(request);
  }
}
