package io.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The native intake over HTTP, from the key to the row.
class NativeIntakeE2E {

  private static TidemarkServer server;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void batch_oneEvent_isStored() {
    HttpResponse<String> answer =
        server.post(
            server.key(KeyKind.WRITE),
            "application/json",
            """
            {"records": [{"type": "user_event", "id": "e-1", "event_type": "page_view", "user_id": "u-1"}]}
            """
                .getBytes(StandardCharsets.UTF_8));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":0,\"results\":[]}");
    assertThat(server.database().count("SELECT count(*) FROM user_event")).isEqualTo(1);
  }
}
