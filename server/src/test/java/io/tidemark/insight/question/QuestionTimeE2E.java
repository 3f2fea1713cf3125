package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Questions that take long without any of their statements taking long.
class QuestionTimeE2E {

  private static final String JSON = "application/json";
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final AtomicInteger WORKING = new AtomicInteger();

  private static AskedServer patient;
  private static AskedServer impatient;

  @BeforeAll
  static void start() {
    patient = AskedServer.startWith(EndlessAnswers.class);
    impatient =
        AskedServer.startWith(
            EndlessAnswers.class,
            "tidemark.insight.timeout.analytics=PT1S",
            "tidemark.insight.timeout.export=PT1S");
  }

  @AfterAll
  static void stop() {
    patient.close();
    impatient.close();
  }

  @ParameterizedTest
  @CsvSource({"true, application/json", "false, application/json", "true, text/csv"})
  void question_ofManyShortParts_isCutOffWhenItsTimeIsOver(boolean isWalking, String accept)
      throws Exception {
    HttpResponse<String> answer = impatient.ask(document(isWalking), accept);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("question_timeout", "PT1S", "tidemark.insight.timeout.");
    assertThat(WORKING).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void client_goesAway_theNextPartDoesNotBegin(boolean isWalking) throws Exception {
    try (Socket _ = patient.send(document(isWalking), JSON)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> WORKING.get() == 1);
    }

    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(WORKING).hasValue(0));
  }

  @Test
  void funnel_clientGoesAwayWhileAPieceIsRead_isStopped() throws Exception {
    String document =
        "{\"question\": \"funnel\", \"from\": \"-P9D\", \"steps\": [{\"step\": \"a\"}]}";
    try (AskedServer.HeldUp _ = patient.holdUp("conversion_funnel_detail")) {
      Socket client = patient.send(document, JSON);
      patient.awaitRunning("insight.funnel", 1);

      client.close();

      patient.awaitRunning("insight.funnel", 0);
    }
    assertThat(patient.ask(document, JSON).statusCode()).isEqualTo(200);
  }

  private static String document(boolean isWalking) {
    return "{\"question\": \"endless\", \"is_walking\": %s, \"number\": %d}"
        .formatted(isWalking, NUMBERS.incrementAndGet());
  }

  /// @param isWalking whether it asks if it is to go on between its parts, which are no statements
  /// @param number so that no two are equal
  record EndlessQuestion(boolean isWalking, int number) implements Question {}

  @Configuration(proxyBeanMethods = false)
  static class EndlessAnswers {

    @Bean
    Answerer<EndlessQuestion, String> endlessAnswerer(@Qualifier("question") DataSource question) {
      return new EndlessAnswerer(JdbcClient.create(question));
    }
  }

  private static final class EndlessAnswerer implements Answerer<EndlessQuestion, String> {

    private final JdbcClient jdbc;

    EndlessAnswerer(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public QuestionKind<EndlessQuestion, String> kind() {
      return new QuestionKind<>(
          "endless",
          "Never ends",
          EndlessQuestion.class,
          String.class,
          WeightClass.ANALYTICS,
          List.of("{\"question\": \"endless\", \"is_walking\": true, \"number\": 0}"));
    }

    @Override
    public String answer(EndlessQuestion question, Asking asking) {
      WORKING.incrementAndGet();
      try {
        while (true) {
          if (question.isWalking()) {
            asking.course().requireWanted();
            Thread.onSpinWait();
          } else {
            jdbc.sql("SELECT pg_sleep(0.05)::text").query(String.class).single();
          }
        }
      } finally {
        WORKING.decrementAndGet();
      }
    }

    @Override
    public void writeRows(EndlessQuestion question, Asking asking, RowSink rows) {
      answer(question, asking);
    }
  }
}
