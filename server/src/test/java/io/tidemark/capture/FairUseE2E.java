package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A key that sends more than its share.
class FairUseE2E {

  private static final String EVENT = "{\"type\": \"user_event\", \"event_type\": \"wild\"}";

  private static TidemarkServer server;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start("tidemark.intake.rate-limit.write=1");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void batch_moreThanTheKeyMaySend_isRefusedWholeCountedAndOthersGoOn() {
    String wild = server.key(KeyKind.WRITE);

    HttpResponse<String> first = post(wild, 9_000);
    HttpResponse<String> tooMany = post(wild, 5_000);
    HttpResponse<String> other = post(server.key(KeyKind.WRITE), 1);
    HttpResponse<String> secret = post(server.key(KeyKind.SECRET), 10_000);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(tooMany.body()).contains("\"code\":\"rate_limited\"");
    assertThat(Integer.parseInt(tooMany.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(3_000, 4_001);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(secret.statusCode()).isEqualTo(200);
    assertThat(server.database().count("SELECT count(*) FROM user_event")).isEqualTo(19_001);
    await()
        .untilAsserted(() ->
            assertThat(
                    server
                        .database()
                        .count(
                            "SELECT coalesce(sum(records), 0) FROM refusal WHERE code = 'rate_limited' AND record_type = 'request'"))
                .isEqualTo(1));
  }

  private static HttpResponse<String> post(String key, int records) {
    String body = "[" + (EVENT + ",").repeat(records - 1) + EVENT + "]";
    return server.post(key, "application/json", body.getBytes(UTF_8));
  }
}
