package io.tidemark.access;

import static io.tidemark.access.Visitor.expectProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.testing.TidemarkServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Someone is signed in while the database takes no writes, such as one that has become a standby.
class ReadOnlyDatabaseE2E {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TidemarkServer server = TidemarkServer.start();
  private final Visitor visitor = new Visitor(server.base());

  @BeforeEach
  void signInAndStopWrites() {
    visitor.signIn(server.part(SignInLinkStore.class).create());
    server.database().setReadOnly(true);
    await()
        .atMost(PATIENCE)
        .until(() -> visitor.get("/api/v1/intake").body().contains("\"open\":false"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void question_isAnswered() {
    await().atMost(PATIENCE).until(() -> visitor.get("/api/v1/session").statusCode() == 200);
    assertThat(visitor.get("/api/v1/insights/coverage").statusCode()).isEqualTo(200);
  }

  @Test
  void signOut_thatCannotBeWritten_isToBeTriedAgain() {
    expectProblem(visitor.postForm("/logout", ""), 503, "database_unavailable");
  }

  @Test
  void intake_tellsWhySinceWhenAndNothingElse() {
    assertThat(visitor.get("/api/v1/intake").body())
        .matches(
            "\\{\"open\":false,\"reason\":\"The database is read-only\",\"since\":\"[-0-9T:.]+Z\",\"spool_percent\":null}");

    server.database().setReadOnly(false);

    await()
        .atMost(PATIENCE)
        .until(() -> visitor.get("/api/v1/intake").body().contains("\"open\":true"));
    assertThat(visitor.get("/api/v1/session").statusCode()).isEqualTo(200);
  }
}
