package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of questions that take long: they are shared, stopped, cut off.
class QuestionCourseE2E {

  private static final AtomicInteger DAYS = new AtomicInteger(1);
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";
  private static AskedServer server;

  @BeforeAll
  static void start() {
    server = AskedServer.start("tidemark.insight.timeout.dashboard=PT20S");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"application/json, false", "application/json, true", "text/csv, false"})
  void client_goesAway_itsStatementIsStopped(String accept, boolean isReset) throws Exception {
    String document = newDocument();
    try (AskedServer.HeldUp _ = server.holdUp()) {
      Socket client = server.send(document, accept);
      server.awaitRunning(1);

      if (isReset) {
        client.setSoLinger(true, 0);
      }
      client.close();

      server.awaitRunning(0);
    }
    assertThat(server.ask(document, accept).statusCode()).isEqualTo(200);
  }

  @Test
  void client_ofAnAddressGoesAway_itsStatementIsStopped() throws Exception {
    String address = "/api/v1/insights/api-totals?interval=day";
    try (AskedServer.HeldUp _ = server.holdUp()) {
      Socket client = server.sendGet(address);
      server.awaitRunning(1);

      client.close();

      server.awaitRunning(0);
    }
    assertThat(server.get(address).statusCode()).isEqualTo(200);
  }

  @Test
  void client_oneOfTwoGoesAway_theOtherIsAnswered() throws Exception {
    String document = newDocument();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> other;
      try (AskedServer.HeldUp _ = server.holdUp()) {
        Socket client = server.send(document, JSON);
        server.awaitRunning(1);
        other = threads.submit(() -> server.ask(document, JSON));
        awaitWaiting(2);
        client.close();
        awaitWaiting(1);
        assertThat(server.running()).isEqualTo(1);
      }
      assertThat(other.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void question_askedByManyAtOnce_runsOnce() throws Exception {
    String document = newDocument();
    int clients = 100;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      try (AskedServer.HeldUp _ = server.holdUp()) {
        for (int i = 0; i < clients; i++) {
          answers.add(threads.submit(() -> server.ask(document, JSON)));
        }
        awaitWaiting(clients);
        assertThat(server.running()).isEqualTo(1);
      }
      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
    }
  }

  /// A client may send the next request before it has the answer to this one.
  @Test
  void client_asksAhead_isAnsweredTwice() throws Exception {
    String document = newDocument();
    Socket client;
    try (AskedServer.HeldUp _ = server.holdUp()) {
      client = server.send(document, JSON);
      server.awaitRunning(1);
      server.send(client, "{\"question\": \"unknown\"}", JSON);
      // Long enough to be looked at
      await().during(Duration.ofSeconds(1)).until(() -> server.running() == 1);
    }

    StringBuilder answers = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (!answers.toString().contains("must be one of")) {
      int count = client.getInputStream().read(buffer);
      assertThat(count).as(answers.toString()).isPositive();
      answers.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    assertThat(answers.toString()).contains("HTTP/1.1 200", "HTTP/1.1 400");
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/csv"})
  void question_longerThanItsClassMay_isCutOffWithAProblem(String accept) throws Exception {
    try (AskedServer impatient =
            AskedServer.start(
                "tidemark.insight.timeout.dashboard=PT1S", "tidemark.insight.timeout.export=PT1S");
        AskedServer.HeldUp _ = impatient.holdUp()) {
      HttpResponse<String> answer = impatient.ask(newDocument(), accept);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.body()).contains("question_timeout", "tidemark.insight.timeout.");
      assertThat(impatient.running()).isZero();
    }
  }

  @Test
  void address_longerThanItsClassMay_isCutOffWithAProblem() throws Exception {
    try (AskedServer impatient = AskedServer.start("tidemark.insight.timeout.dashboard=PT1S");
        AskedServer.HeldUp _ = impatient.holdUp()) {
      HttpResponse<String> answer = impatient.get("/api/v1/insights/api-totals");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("question_timeout", "tidemark.insight.timeout.dashboard");
      assertThat(impatient.running()).isZero();
    }
  }

  @Test
  void exports_moreThanThereIsRoomFor_areToldToComeBack() throws Exception {
    try (AskedServer narrow = AskedServer.start("tidemark.insight.exports=1")) {
      try (AskedServer.HeldUp _ = narrow.holdUp();
          Socket client = narrow.send(newDocument(), CSV)) {
        narrow.awaitRunning(1);

        HttpResponse<String> refused = narrow.ask(newDocument(), CSV);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(refused.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(refused.body()).contains("too_many_exports", "tidemark.insight.exports");
        assertThat(narrow.get("/actuator/prometheus").body())
            .contains("tidemark_insight_exports 1.0", "tidemark_insight_exports_refused_total 1.0");
        assertThat(client.isClosed()).isFalse();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> narrow.ask(newDocument(), CSV).statusCode() == 200);
    }
  }

  /// A question that no other test has asked, so that nobody remembers the answer.
  private static String newDocument() {
    return "{\"question\": \"api-totals\", \"from\": \"-P%dD\"}".formatted(DAYS.getAndIncrement());
  }

  private static void awaitWaiting(int clients) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.server().part(QuestionDesk.class).waiting() == clients);
  }
}
