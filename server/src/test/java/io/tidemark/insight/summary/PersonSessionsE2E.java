package io.tidemark.insight.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who sees which names in the sessions of a person.
class PersonSessionsE2E {

  private static final String SESSIONS = "/api/v1/insights/sessions?user_id=anna";

  private static TidemarkServer server;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    server.post(
        server.key(KeyKind.SECRET),
        "application/json",
        """
        [{"type": "user_event", "event_type": "search", "user_id": "anna", "session_id": "anna-1"},
         {"type": "user_event", "event_type": "search", "user_id": "anna"}]
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void sessions_keyThatMayNotSeePeople_areRefused() {
    HttpResponse<String> answer = server.get(server.key(KeyKind.READ), SESSIONS);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"people_hidden\"").doesNotContain("anna-1");
  }

  @ParameterizedTest
  @EnumSource(names = {"PEOPLE", "SECRET"})
  void sessions_keyThatMaySeePeople_haveTheirNames(KeyKind kind) {
    assertThat(server.ask(server.key(kind), SESSIONS).get("sessions").toString())
        .contains("\"session_id\":\"anna-1\"");
  }
}
