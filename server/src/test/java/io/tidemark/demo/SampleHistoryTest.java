package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.demo.ScriptedIntake.Refusal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleHistoryTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T14:07:11Z"));
  private static final Duration SPAN = Duration.ofDays(3);
  private static final int RECORDS = 5_000;
  private static final ProgressListener UNHEARD = (sent, total) -> {};

  @Test
  void send_again_addsNothing() throws InterruptedException {
    try (ScriptedIntake intake = new ScriptedIntake()) {
      HistoryOutcome first = history(intake.uri()).send(SPAN, RECORDS, UNHEARD);
      HistoryOutcome second = history(intake.uri()).send(SPAN, RECORDS, UNHEARD);

      assertThat(first.accepted()).isBetween(4_000L, 6_000L).isEqualTo(intake.seen().size());
      assertThat(second).isEqualTo(new HistoryOutcome(0, first.accepted(), 0));
      assertThat(intake.authorizations()).containsExactly("Bearer secret-1");
    }
  }

  @Test
  void send_always_reportsGrowingProgressUpToTheTotal() throws InterruptedException {
    List<Long> sent = new ArrayList<>();
    List<Long> totals = new ArrayList<>();

    try (ScriptedIntake intake = new ScriptedIntake()) {
      history(intake.uri())
          .send(
              SPAN,
              RECORDS,
              (sentNow, total) -> {
                sent.add(sentNow);
                totals.add(total);
              });
    }

    assertThat(sent).isSorted().hasSizeGreaterThan(3);
    assertThat(sent.getLast()).isEqualTo(totals.getLast());
  }

  @Test
  void send_serverBusyAtFirst_isTriedAgain() throws InterruptedException {
    Refusal busy = new Refusal(429, Map.of("Retry-After", "1"), "");
    Refusal away = new Refusal(503, Map.of(), "<html>not JSON</html>");

    try (ScriptedIntake intake = new ScriptedIntake(busy, away, away)) {
      HistoryOutcome outcome = history(intake.uri()).send(SPAN, RECORDS, UNHEARD);

      assertThat(outcome.accepted()).isEqualTo(outcome.sent()).isEqualTo(intake.seen().size());
    }
  }

  @Test
  void send_wrongKey_failsWithTheServersReason() {
    Refusal wrongKey = new Refusal(401, Map.of(), "{\"detail\":\"This key is not known.\"}");

    try (ScriptedIntake intake = new ScriptedIntake(wrongKey)) {
      assertThatThrownBy(() -> history(intake.uri()).send(SPAN, RECORDS, UNHEARD))
          .isInstanceOf(IntakeException.class)
          .hasMessageContaining("401")
          .hasMessageContaining("This key is not known.");
    }
  }

  @Test
  void send_interrupted_stops() {
    Refusal away = new Refusal(503, Map.of("Retry-After", "60"), "");

    try (ScriptedIntake intake = new ScriptedIntake(away, away, away)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> history(intake.uri()).send(SPAN, RECORDS, UNHEARD))
          .isInstanceOf(InterruptedException.class);
    }
  }

  private static SampleHistory history(URI base) {
    return new SampleHistory(base, "secret-1", CLOCK);
  }
}
