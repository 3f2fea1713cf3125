package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Answers of which part was sent when something happens.
class LongAnswerE2E {

  private static final AtomicBoolean IS_WRITING = new AtomicBoolean();

  private static TidemarkServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server = TidemarkServer.startWith(LongAnswers.class);
    key = server.key(KeyKind.READ);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answer_breaksOff_doesNotLookWhole() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream body = ask(client, 100_000).body()) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void answer_breaksOffBeforeAnythingWasSent_isAProblem() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> answer = ask(client, 10);

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("internal_error");
    }
  }

  @Test
  void client_goesAwayInTheMiddle_endsTheAnswer() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      InputStream body = ask(client, Integer.MAX_VALUE).body();
      assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
      assertThat(IS_WRITING).isTrue();

      body.close();

      await().atMost(Duration.ofSeconds(30)).untilFalse(IS_WRITING);
    }
  }

  private static HttpResponse<InputStream> ask(HttpClient client, int rows) throws Exception {
    URI address = server.base().resolve("/api/v1/questions");
    return client.send(
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + key)
            .header("Accept", "text/csv")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"question\": \"long\", \"rows\": %d}".formatted(rows)))
            .build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  /// @param rows how many are written before it fails
  record LongQuestion(int rows) implements Question {}

  @Configuration(proxyBeanMethods = false)
  static class LongAnswers {

    @Bean
    Answerer<LongQuestion, String> longAnswerer() {
      return new LongAnswerer();
    }
  }

  private static final class LongAnswerer implements Answerer<LongQuestion, String> {

    @Override
    public QuestionKind<LongQuestion, String> kind() {
      return new QuestionKind<>(
          "long",
          "Fails after some rows",
          LongQuestion.class,
          String.class,
          WeightClass.EXPORT,
          List.of("{\"question\": \"long\", \"rows\": 1}"));
    }

    @Override
    public String answer(LongQuestion question, Asking asking) {
      return "";
    }

    @Override
    public void writeRows(LongQuestion question, Asking asking, RowSink rows) {
      IS_WRITING.set(true);
      try {
        rows.columns("number", "text");
        for (int i = 0; i < question.rows(); i++) {
          rows.row(i, "some text to fill the buffer");
        }
        throw new IllegalStateException("It breaks off here, as the test wants");
      } finally {
        IS_WRITING.set(false);
      }
    }
  }
}
