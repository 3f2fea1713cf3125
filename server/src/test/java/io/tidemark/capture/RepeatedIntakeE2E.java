package io.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.capture.Intake.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is the same record when it is sent again.
class RepeatedIntakeE2E {

  private static Intake intake;

  @BeforeAll
  static void start() {
    intake = new Intake();
  }

  @AfterAll
  static void stop() {
    intake.close();
  }

  @Test
  void batch_sameIdTwiceInOneRequest_isStoredOnce() {
    String event = event("twice", "\"id\": \"a\", \"timestamp\": \"%s\"".formatted(Instant.now()));

    Answer answer = intake.post(List.of(event, event("twice", "\"id\": \"b\""), event).toString());

    assertThat(answer.counts()).containsExactly(2, 1, 0);
    assertThat(answer.results()).containsExactly("2 duplicate");
    assertThat(answer.body().at("/results/0/id").asString()).isEqualTo("a");
    assertThat(stored("twice")).isEqualTo(2);
  }

  @Test
  void batch_sentAgainAfterTheClockWasCorrected_isStoredOnce() {
    Instant wrong = Instant.now().minus(Duration.ofDays(30));
    String records =
        "[" + event("corrected", "\"id\": \"c\", \"timestamp\": \"%s\"".formatted(wrong)) + "]";

    Answer first =
        intake.post(
            "{\"records\": %s, \"sent_at\": \"%s\"}".formatted(records, wrong.plusSeconds(1)));
    Answer later =
        intake.post("{\"records\": %s, \"sent_at\": \"%s\"}".formatted(records, Instant.now()));
    Answer without = intake.post(records);

    assertThat(first.counts()).containsExactly(1, 0, 0);
    assertThat(later.counts()).containsExactly(0, 1, 0);
    assertThat(without.counts()).containsExactly(0, 1, 0);
    assertThat(
            intake.count(
                "SELECT count(*) FROM user_event WHERE event_type = 'corrected' AND ts > now() - interval '1 minute'"))
        .isEqualTo(1);
  }

  @Test
  void batch_sameIdWithAnotherTimestamp_isAnother() {
    Instant now = Instant.now();

    for (int i = 0; i < 3; i++) {
      intake.post(
          "["
              + event("other", "\"id\": \"o\", \"timestamp\": \"%s\"".formatted(now.plusSeconds(i)))
              + "]");
    }

    assertThat(stored("other")).isEqualTo(3);
  }

  @Test
  void batch_sameInstantWrittenOtherwise_isTheSame() {
    OffsetDateTime at = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    List<String> written =
        List.of(
            at.toString(),
            at.withOffsetSameInstant(ZoneOffset.ofHours(1)).toString(),
            at.toString().replace('T', ' ').replace('Z', 'z'));

    for (String timestamp : written) {
      intake.post(
          "["
              + event("written", "\"id\": \"w\", \"timestamp\": \"%s\"".formatted(timestamp))
              + "]");
    }

    assertThat(stored("written")).isEqualTo(1);
  }

  @Test
  void batch_idWithoutTimestamp_isRecognisedFor48Hours() {
    String records = "[" + event("untimed", "\"id\": \"n\"") + "]";

    intake.post(records);
    Answer soon = intake.post(records);
    pass(Duration.ofHours(47));
    Answer within = intake.post(records);
    pass(Duration.ofHours(2));
    Answer after = intake.post(records);

    assertThat(soon.counts()).containsExactly(0, 1, 0);
    assertThat(within.counts()).containsExactly(0, 1, 0);
    assertThat(after.counts()).containsExactly(1, 0, 0);
  }

  @Test
  void batch_noOrEmptyId_isNeverRecognised() {
    String records =
        "[" + event("nameless", "\"id\": \"\"") + "," + event("nameless", "\"page\": \"/\"") + "]";

    assertThat(intake.post(records).counts()).containsExactly(2, 0, 0);
    assertThat(intake.post(records).counts()).containsExactly(2, 0, 0);
  }

  @Test
  void batch_idOf200Characters_isTakenAndOf201Refused() {
    String longest = "😀".repeat(200);

    assertThat(intake.post("[" + event("long", "\"id\": \"%s\"".formatted(longest)) + "]").counts())
        .containsExactly(1, 0, 0);
    assertThat(intake.post("[" + event("long", "\"id\": \"%s\"".formatted(longest)) + "]").counts())
        .containsExactly(0, 1, 0);
    assertThat(
            intake
                .post("[" + event("long", "\"id\": \"%s\"".formatted("i".repeat(201))) + "]")
                .results())
        .containsExactly("0 rejected invalid_field");
  }

  @Test
  void batch_refusedRecordSentAgainCorrected_isStored() {
    String wrong = "{\"type\": \"user_event\", \"id\": \"r\", \"event_type\": 7}";

    assertThat(
            intake
                .post("[" + wrong + "," + event("corrected later", "\"id\": \"r\"") + "]")
                .counts())
        .containsExactly(1, 0, 1);
  }

  @Test
  void batch_afterARestart_isStillRecognised() {
    String records =
        "["
            + event("restarted", "\"id\": \"x\", \"timestamp\": \"%s\"".formatted(Instant.now()))
            + "]";

    intake.post(records);
    intake.server().restart();

    assertThat(intake.post(records).counts()).containsExactly(0, 1, 0);
  }

  private static void pass(Duration time) {
    intake
        .server()
        .database()
        .jdbc()
        .sql("UPDATE untimed_record SET seen_at = seen_at - make_interval(secs => ?)")
        .param(time.toSeconds())
        .update();
  }

  private static long stored(String eventType) {
    return intake.count("SELECT count(*) FROM user_event WHERE event_type = ?", eventType);
  }

  private static String event(String eventType, String fields) {
    return "{\"type\": \"user_event\", \"event_type\": \"%s\", %s}".formatted(eventType, fields);
  }
}
