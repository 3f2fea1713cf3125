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
import java.util.Optional;
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
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static TidemarkServer server;
  private static String key;
  private static KeptAnswerStore store;

  private UUID question;

  /// One person did two things, a third of a second apart.
  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.READ);
    store = new KeptAnswerStore(server.database().jdbc());
    Instant start = Instant.now().minusSeconds(600);
    String records =
        """
        {"type": "user_event", "event_type": "begin", "user_id": "anna", "timestamp": "%s"}
        {"type": "user_event", "event_type": "end", "user_id": "anna", "timestamp": "%s"}
        """
            .formatted(start, start.plusMillis(333));
    HttpResponse<String> answer =
        server.post(
            server.key(KeyKind.SECRET),
            "application/x-ndjson",
            records.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.body()).contains("\"accepted\":2");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void save() {
    question =
        UUID.fromString(
            send("POST", SAVED, draft("[{\"event\": \"begin\"}, {\"event\": \"end\"}]"))
                .get("id")
                .asString());
  }

  @Test
  void answer_ofAQuestionThatWasOpened_isKept() {
    JsonNode first = answer(key);
    JsonNode second = answer(key);

    assertThat(asOf(second)).isEqualTo(asOf(first));
    assertThat(second.at("/freshness/lag_ms").asLong()).isPositive();
    assertThat(withoutLag(second)).isEqualTo(withoutLag(first));
    assertThat(first.at("/steps/1/median_seconds_from_first").asDouble()).isEqualTo(0.333);
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
  void answer_toAQuestionThatWasChanged_isAskedNow() {
    answer(key);
    send("PUT", SAVED + "/" + question, draft("[{\"event\": \"begin\"}]"));

    assertThat(answer(key).get("steps").size()).isEqualTo(1);
    assertThat(answer(key).get("steps").size()).isEqualTo(1);
  }

  @Test
  void answer_forThoseWhoSeePeople_isAnother() {
    answer(key);
    answer(server.key(KeyKind.PEOPLE));

    assertThat(count("shows_people")).isEqualTo(1);
    assertThat(count("NOT shows_people")).isEqualTo(1);
  }

  @Test
  void answer_isForgottenWithItsQuestion() {
    answer(key);
    send("DELETE", SAVED + "/" + question, "");

    assertThat(count("true")).isZero();
  }

  @Test
  void answers_areForgottenWhenSomebodyIsTakenOutOfDetail() {
    answer(key);
    SavedQuestion saved = saved();
    KeptAnswer.Claim claim = store.claim(saved, true, true, Instant.now()).orElseThrow();

    server
        .database()
        .count(
            "WITH marked AS (INSERT INTO rollup_stale_hour (fact, hour, reason) VALUES ('user_event', '2026-01-01Z', 'removal') RETURNING 1) SELECT count(*) FROM marked");
    store.keep(claim, Duration.ZERO, "{\"late\": true}");

    assertThat(store.find(saved, false)).isEmpty();
    assertThat(store.find(saved, true)).isEmpty();
  }

  @Test
  void claim_isHeldByOneUntilItEndsOrIsAbandoned() {
    SavedQuestion saved = saved();
    KeptAnswer.Claim first = store.claim(saved, false, true, Instant.now()).orElseThrow();
    assertThat(store.claim(saved, false, true, Instant.now())).isEmpty();

    update("claimed_at = claimed_at - interval '1 hour'");
    Optional<KeptAnswer.Claim> second = store.claim(saved, false, true, Instant.now());
    store.keep(first, Duration.ZERO, "{}");
    assertThat(store.find(saved, false)).isEmpty();

    store.release(second.orElseThrow(), Duration.ZERO);
    assertThat(store.claim(saved, false, true, Instant.now())).isPresent();
  }

  @Test
  void claim_ofAQuestionThatWasChangedOrDeleted_isNone() {
    SavedQuestion saved = saved();
    send("PUT", SAVED + "/" + question, draft("[{\"event\": \"begin\"}]"));
    assertThat(store.claim(saved, false, true, Instant.now())).isEmpty();

    SavedQuestion changed = saved();
    send("DELETE", SAVED + "/" + question, "");
    assertThat(store.claim(changed, false, true, Instant.now())).isEmpty();
  }

  @Test
  void answers_thatNobodyOpensNow_areAskedAgainInTime() {
    Instant first = asOf(answer(key));
    update(
        "tried_at = tried_at - interval '6 minutes', asked_at = asked_at - interval '6 minutes'");

    server.part(KeptAnswers.class).renewOld();

    await().atMost(PATIENCE).until(() -> asOf(answer(key)).isAfter(first));
  }

  @Test
  void answers_thatNobodyOpenedForAWeek_areNotAskedAgain() {
    answer(key);
    update("tried_at = tried_at - interval '8 days', opened_at = opened_at - interval '8 days'");

    server.part(KeptAnswers.class).renewOld();

    assertThat(count("tried_at < now() - interval '7 days'")).isEqualTo(1);
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
    update("asked_at = asked_at - interval '%s'".formatted(by));
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

  private static Instant asOf(JsonNode answer) {
    return Instant.parse(answer.at("/freshness/as_of").asString());
  }

  private static JsonNode withoutLag(JsonNode answer) {
    ((ObjectNode) answer.get("freshness")).remove("lag_ms");
    return answer;
  }

  private static String draft(String steps) {
    return "{\"name\": \"Funnel\", \"document\": {\"question\": \"funnel\", \"from\": \"-P1D\", \"window\": \"PT1H\", \"steps\": %s}}"
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
