package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchSendersTest {

  private static final byte[] STORED = "{\"accepted\": 1}".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server = start();
  private int status = 200;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void close_returnsAfterTheLastAnswer_howeverManySendersAreIdle() throws Exception {
    for (int time = 0; time < 30; time++) {
      try (BatchSenders senders = new BatchSenders(address(), 8)) {
        senders.send(request());
        senders.send(request());
      }
      assertThat(requests).hasValue(2 * (time + 1));
    }
  }

  @Test
  void close_afterARefusal_tellsIt() throws Exception {
    status = 403;
    BatchSenders senders = new BatchSenders(address(), 2);
    senders.send(request());

    assertThatThrownBy(senders::close).hasMessageContaining("403");
  }

  @Test
  void send_afterARefusal_fails() {
    status = 403;
    BatchSenders senders = new BatchSenders(address(), 1);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                senders.send(request());
              }
            })
        .hasMessageContaining("403");
  }

  private BatchRequest request() {
    return BatchRequest.ofPeople(
        address(), "key", List.of(new SamplePerson(0)), Instant.parse("2026-01-01T00:00:00Z"));
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private HttpServer start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            requests.incrementAndGet();
            exchange.sendResponseHeaders(status, STORED.length);
            exchange.getResponseBody().write(STORED);
            exchange.close();
          });
      http.start();
      return http;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
