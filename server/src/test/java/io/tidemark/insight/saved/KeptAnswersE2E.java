package io.tidemark.insight.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Saved questions answer with what was kept.
class KeptAnswersE2E {

  private static final String SAVED = "/api/v1/saved-questions";
  private static final String FUNNEL = draft("[{\"event\": \"begin\"}, {\"event\": \"end\"}]");
  private static final String ENGAGEMENT =
      "{\"name\": \"Engagement\", \"document\": {\"question\": \"engagement\", \"from\": \"-PT24H\"}}";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static TidemarkServer server;
  private static String key;
  private static KeptAnswerStore store;

  private UUID question;

  /// Anna did two things, a third of a second apart, and Bert one.
  @BeforeAll
  static void start() {
    server = TidemarkServer.start("tidemark.insight.people.fewest=1");
    key = server.key(KeyKind.READ);
    store = server.part(KeptAnswerStore.class);
    Instant start = Instant.now().minusSeconds(600);
    String records =
        """
        {"type": "user_event", "event_type": "begin", "user_id": "anna", "timestamp": "%1$s"}
        {"type": "user_event", "event_type": "end", "user_id": "anna", "timestamp": "%2$s"}
        {"type": "user_event", "event_type": "other", "user_id": "bert", "timestamp": "%1$s"}
        """
            .formatted(start, start.plusMillis(333));
    HttpResponse<String> answer =
        server.post(
            server.key(KeyKind.SECRET),
            "application/x-ndjson",
            records.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.body()).contains("\"accepted\":3");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void save() {
    save(FUNNEL);
  }

  @Test
  void answer_ofAQuestionThatWasOpened_isKept() {
    JsonNode first = answer(key);
    JsonNode second = answer(key);

    assertThat(asOf(second)).isEqualTo(asOf(first));
    assertThat(second.at("/freshness/lag_ms").asLong()).isPositive();
    assertThat(withoutLag(second)).isEqualTo(withoutLag(first));
    assertThat(first.at("/steps/1/median_seconds_from_first").asDouble()).isEqualTo(0.333);
    assertThat(asOf(answerAnew())).isEqualTo(asOf(first));
    age("6 seconds");
    assertThat(asOf(answerAnew())).isAfter(asOf(first));
  }

  @Test
  void answer_thatIsOld_isGivenAndAskedAgain() {
    Instant first = asOf(answer(key));
    age("6 seconds");

    assertThat(asOf(answer(key))).isEqualTo(first);
    await().atMost(PATIENCE).until(() -> asOf(answer(key)).isAfter(first));
  }

  @Test
  void answer_thatIsTooOld_isAskedNow() {
    Instant first = asOf(answer(key));
    age("1 day");

    assertThat(asOf(answer(key))).isAfter(first);
  }

  @Test
  void answer_whoseLastTryFailed_isNotTriedAtOnce() {
    Instant first = asOf(answer(key));
    age("1 minute");
    SavedQuestion saved = saved();
    store.release(store.claim(saved, false, true).orElseThrow(), Duration.ofMinutes(1));

    age("1 minute");
    assertThat(asOf(answer(key))).isEqualTo(first);
    assertThat(store.claim(saved, false, true)).isEmpty();
    assertThat(store.find(saved, false).orElseThrow().took()).isLessThan(Duration.ofSeconds(50));
  }

  @Test
  void answer_thatIsTooLong_isNotKept() {
    SavedQuestion saved = saved();
    store.keep(store.claim(saved, false, true).orElseThrow(), Duration.ZERO, null);

    assertThat(store.find(saved, false)).isEmpty();
    assertThat(answer(key).get("steps").size()).isEqualTo(2);
    assertThat(store.find(saved, false)).isEmpty();
  }

  @Test
  void answer_toAQuestionThatWasChanged_isAskedNow() {
    answer(key);
    send("PUT", SAVED + "/" + question, draft("[{\"event\": \"begin\"}]"));

    assertThat(answer(key).get("steps").size()).isEqualTo(1);
    assertThat(answer(key).get("steps").size()).isEqualTo(1);
  }

  @Test
  void answer_saysWhoPeopleAreToThoseWhoMaySeeIt() {
    save(ENGAGEMENT);
    String people = server.key(KeyKind.PEOPLE);
    String token = send("POST", SAVED + "/" + question + "/links", "").get("token").asString();
    String link = "/api/v1/shared/%s/questions/%s/answer".formatted(token, question);

    for (int time = 0; time < 2; time++) {
      assertThat(answer(people).toString()).contains("anna");
      assertThat(answer(key).toString()).contains("person-").doesNotContain("anna");
      assertThat(server.send(HttpRequest.newBuilder(server.base().resolve(link))).body())
          .contains("person-")
          .doesNotContain("anna");
    }
  }

  @Test
  void answer_isForgottenWithItsQuestion() {
    answer(key);
    send("DELETE", SAVED + "/" + question, "");

    assertThat(count("true")).isZero();
  }

  @Test
  void answers_ofSomebodyWhoIsTakenOutOfDetail_areNotGivenAgain() {
    save(ENGAGEMENT);
    String people = server.key(KeyKind.PEOPLE);
    assertThat(answer(people).toString()).contains("bert");
    SavedQuestion saved = saved();
    KeptAnswer.Claim claim = store.claim(saved, false, true).orElseThrow();
    long generation = generation();

    remove("bert");
    store.keep(claim, Duration.ZERO, "{\"late\": \"bert\"}");

    assertThat(store.find(saved, false)).isEmpty();
    assertThat(answer(people).toString()).contains("anna").doesNotContain("bert");
    store.forgetOld();
    assertThat(count("answer::text LIKE '%bert%'")).isZero();
    await("rollups to follow").atMost(PATIENCE).until(() -> generation() == generation + 2);
    remove("bert");
    assertThat(generation()).isEqualTo(generation + 3);
  }

  @Test
  void claim_isHeldByOneUntilItEndsOrIsAbandoned() {
    SavedQuestion saved = saved();
    KeptAnswer.Claim first = store.claim(saved, false, true).orElseThrow();
    age("10 seconds");
    assertThat(store.claim(saved, false, true)).isEmpty();

    update("claimed_at = claimed_at - interval '1 hour'");
    KeptAnswer.Claim second = store.claim(saved, false, true).orElseThrow();
    store.keep(first, Duration.ZERO, "{}");
    assertThat(store.find(saved, false)).isEmpty();

    store.release(second, Duration.ZERO);
    assertThat(store.claim(saved, false, true)).isEmpty();
    age("10 seconds");
    assertThat(store.claim(saved, false, true)).isPresent();
  }

  @Test
  void claim_ofAQuestionThatWasChangedOrDeleted_isNone() {
    SavedQuestion saved = saved();
    assertThat(store.claim(saved, false, true)).isPresent();
    send("PUT", SAVED + "/" + question, draft("[{\"event\": \"begin\"}]"));
    assertThat(store.claim(saved, false, true)).isEmpty();

    SavedQuestion changed = saved();
    assertThat(store.claim(changed, false, true)).isPresent();
    send("DELETE", SAVED + "/" + question, "");
    assertThat(store.claim(changed, false, true)).isEmpty();
  }

  @Test
  void answers_thatNobodyOpensNow_areAskedAgainInTime() {
    Instant first = asOf(answer(key));
    age("6 minutes");

    server.part(KeptAnswers.class).renewOld();

    await().atMost(PATIENCE).until(() -> asOf(answer(key)).isAfter(first));
  }

  @Test
  void answers_thatNobodyOpenedForAWeek_areForgotten() {
    answer(key);
    update("opened_at = opened_at - interval '8 days'");

    server.part(KeptAnswers.class).renewOld();

    assertThat(count("true")).isZero();
  }

  private JsonNode answer(String key) {
    return server.ask(key, SAVED + "/" + question + "/answer");
  }

  private JsonNode answerAnew() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(SAVED + "/" + question + "/answer"))
            .header("Authorization", "Bearer " + key)
            .header("Cache-Control", "no-cache");
    return JsonMapper.shared().readTree(server.send(request).body());
  }

  private SavedQuestion saved() {
    return server.part(SavedQuestions.class).find(question);
  }

  private void age(String by) {
    update(
        "asked_at = asked_at - interval '%1$s', tried_at = tried_at - interval '%1$s'"
            .formatted(by));
  }

  private void update(String set) {
    server
        .database()
        .jdbc()
        .sql("UPDATE kept_answer SET %s WHERE saved_question_id = ?".formatted(set))
        .param(question)
        .update();
  }

  private long count(String condition) {
    return server
        .database()
        .count(
            "SELECT count(*) FROM kept_answer WHERE saved_question_id = CAST(? AS uuid) AND "
                + condition,
            question.toString());
  }

  private static void remove(String person) {
    server
        .database()
        .count("SELECT remove_detail_of_person(user_key) FROM app_user WHERE user_id = ?", person);
  }

  private static long generation() {
    return server.database().count("SELECT answers_generation FROM installation");
  }

  private void save(String draft) {
    question = UUID.fromString(send("POST", SAVED, draft).get("id").asString());
  }

  private static Instant asOf(JsonNode answer) {
    return Instant.parse(answer.at("/freshness/as_of").asString());
  }

  private static JsonNode withoutLag(JsonNode answer) {
    ((ObjectNode) answer.get("freshness")).remove("lag_ms");
    return answer;
  }

  private static String draft(String steps) {
    return "{\"name\": \"Funnel\", \"document\": {\"question\": \"funnel\", \"from\": \"-PT24H\", \"window\": \"PT1H\", \"steps\": %s}}"
        .formatted(steps);
  }

  private static JsonNode send(String method, String path, String body) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.base().resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    return answer.body().isEmpty()
        ? JsonMapper.shared().missingNode()
        : JsonMapper.shared().readTree(answer.body());
  }
}
