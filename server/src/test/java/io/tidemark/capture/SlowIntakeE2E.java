package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that send slowly, or nothing, on real sockets.
class SlowIntakeE2E {

  private static final byte[] EVENT =
      "[{\"type\": \"user_event\", \"event_type\": \"quick\"}]".getBytes(UTF_8);

  private static TidemarkServer server;
  private static String key;

  @BeforeAll
  static void start() {
    server =
        TidemarkServer.start(
            "tidemark.intake.body-timeout=PT5S",
            "tidemark.server.max-connections=400",
            "server.tomcat.connection-timeout=3s",
            "server.tomcat.keep-alive-timeout=3s");
    key = server.key(KeyKind.WRITE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 1000000, ' '",
    "Transfer-Encoding: chunked, '1\r\n \r\n'",
    "'Content-Encoding: gzip\r\nContent-Length: 1000000', x"
  })
  void batch_bodyThatTrickles_isGivenUpAndTheConnectionClosed(String header, String part)
      throws IOException {
    try (SlowClient client = new SlowClient(server.base())) {
      client.send(head(key, header));

      String answer = client.trickleUntilClosed(part);

      assertThat(answer).startsWith("HTTP/1.1 408");
      assertThat(answer).contains("Connection: close", "\"code\":\"request_timeout\"");
    }
  }

  @Test
  void batch_bodyThatStops_isGivenUpAndTheConnectionClosed() throws IOException {
    try (SlowClient client = new SlowClient(server.base())) {
      client.send(head(key, "Content-Length: 1000000") + "[");

      String answer = client.readUntilClosed();

      assertThat(answer).startsWith("HTTP/1.1 408").contains("\"code\":\"request_timeout\"");
    }
  }

  /// The answer is there at once; what still trickles in is read for a while and no longer.
  @Test
  void batch_wrongKeyAndABodyThatTrickles_isAnsweredAndClosed() throws IOException {
    try (SlowClient client = new SlowClient(server.base())) {
      client.send(head("nonsense", "Content-Length: 1000000"));

      String answer = client.trickleUntilClosed(" ");

      assertThat(answer).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void batch_clientThatAsksBeforeItSends_isRefusedWithoutItsBody() throws IOException {
    try (SlowClient client = new SlowClient(server.base())) {
      client.send(head("nonsense", "Expect: 100-continue\r\nContent-Length: 1000000"));

      String answer = client.readUntilClosed();

      assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("100 Continue");
    }
  }

  @Test
  void request_headThatStops_isClosed() throws IOException {
    try (SlowClient client = new SlowClient(server.base())) {
      client.send("POST /api/v1/batch HTTP/1.1\r\nHost: ");

      assertThat(client.readUntilClosed()).doesNotStartWith("HTTP/1.1 200");
    }
  }

  @Test
  void others_whileHundredsAreSlow_areAnswered() throws IOException {
    List<SlowClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        SlowClient client = new SlowClient(server.base());
        client.send(head(key, "Content-Length: 1000000") + "[");
        slow.add(client);
      }

      assertThat(server.post(key, "application/json", EVENT).statusCode()).isEqualTo(200);
      assertThat(server.get(server.key(KeyKind.READ), "/api/v1/insights/coverage").statusCode())
          .isEqualTo(200);
      for (SlowClient client : slow) {
        assertThat(client.readUntilClosed()).startsWith("HTTP/1.1 408");
      }
    } finally {
      for (SlowClient client : slow) {
        client.close();
      }
    }
    await()
        .untilAsserted(() ->
            assertThat(
                    server
                        .database()
                        .count(
                            "SELECT coalesce(sum(records), 0) FROM refusal WHERE code = 'request_timeout' AND record_type = 'request'"))
                .isGreaterThanOrEqualTo(300));
  }

  /// More connections than the server keeps wait until others have been silent for too long.
  @Test
  void others_whileMoreThanAllConnectionsAreIdle_areAnsweredInTime() throws IOException {
    List<SlowClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 450; i++) {
        idle.add(new SlowClient(server.base()));
      }

      try (SlowClient client = new SlowClient(server.base())) {
        client.send(head(key, "Connection: close\r\nContent-Length: " + EVENT.length));
        client.send(new String(EVENT, UTF_8));
        assertThat(client.readUntilClosed()).startsWith("HTTP/1.1 200");
      }
    } finally {
      for (SlowClient client : idle) {
        client.close();
      }
    }
  }

  private static String head(String key, String header) {
    return "POST /api/v1/batch HTTP/1.1\r\nHost: tidemark\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
        .formatted(key, header);
  }
}
