package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import org.junit.jupiter.api.Test;

/// The intake times its requests itself, under the name and with the tags of all others.
class IntakeMetricsE2E {

  @Test
  void requests_ofTheIntakeAndOfOthers_areOneMetric() {
    try (TidemarkServer server = TidemarkServer.start()) {
      String key = server.key(KeyKind.SECRET);
      server.post(key, "application/json", "[{\"type\": \"nothing\"}]".getBytes(UTF_8));
      server.post(key, "application/json", "nonsense".getBytes(UTF_8));
      server.get(key, "/api/v1/insights/coverage");

      String metrics = server.get(key, "/actuator/prometheus").body();

      assertThat(
              metrics.lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
          .contains(
              count("POST", "SUCCESS", 200, "/api/v1/batch"),
              count("POST", "CLIENT_ERROR", 400, "/api/v1/batch"),
              count("GET", "SUCCESS", 200, "/api/v1/insights/coverage"));
      assertThat(metrics).contains("tidemark_ingest_refused_total{code=\"malformed_json\"} 1.0");
    }
  }

  private static String count(String method, String outcome, int status, String uri) {
    return "http_server_requests_seconds_count{error=\"none\",exception=\"none\",method=\"%s\",outcome=\"%s\",status=\"%d\",uri=\"%s\"} 1"
        .formatted(method, outcome, status, uri);
  }
}
