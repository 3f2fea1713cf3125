package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SessionScriptTest {

  private static final List<String> FUNNEL =
      List.of(
          "page_visit",
          "image_upload",
          "effect_select",
          "processing_start",
          "result_view",
          "result_download",
          "result_share");

  private static final List<Session> SESSIONS = SampleSessions.write(4_000);

  @Test
  void write_sameVisitorStartAndSeed_isTheSameSession() {
    assertThat(SampleSessions.write(300)).isEqualTo(SampleSessions.write(300));
  }

  @Test
  void write_anySession_isInTimeOrderFromItsStart() {
    for (Session session : SESSIONS) {
      assertThat(session.records()).extracting(SampleRecord::timestamp).isSorted();
      assertThat(session.steps()).extracting(Session.Step::endsAt).isSorted();
      assertThat(session.records().getFirst().timestamp()).isAfter(SampleSessions.WEEK_STARTS);
    }
  }

  @Test
  void write_anyStep_endsAfterItsRecords() {
    for (Session session : SESSIONS) {
      for (Session.Step step : session.steps()) {
        Instant last = step.records().getLast().timestamp();
        assertThat(last).isBeforeOrEqualTo(step.endsAt());
      }
    }
  }

  @Test
  void write_anySession_reachesNoFunnelStepBeforeTheOneBeforeIt() {
    for (Session session : SESSIONS) {
      int reached = -1;
      for (String step : funnelSteps(session)) {
        int rank = FUNNEL.indexOf(step);
        assertThat(rank).as(step).isBetween(0, reached + 1);
        reached = Math.max(reached, rank);
      }
    }
  }

  @Test
  void write_manySessions_reachEveryFunnelStepAndLosePeopleAtEach() {
    long before = SESSIONS.size() + 1L;

    for (String step : FUNNEL) {
      long reached = SESSIONS.stream().filter(s -> funnelSteps(s).contains(step)).count();
      assertThat(reached).as(step).isBetween(100L, before - 1);
      before = reached;
    }
  }

  @Test
  void write_anySession_belongsToOnePerson() {
    for (Session session : SESSIONS) {
      assertThat(session.records())
          .extracting(SampleRecord::stamp)
          .allSatisfy(stamp -> {
            assertThat(stamp.sessionId()).isEqualTo(session.id());
            assertThat(stamp.userId()).isEqualTo(session.visitor().userId());
            assertThat(stamp.anonymousId()).isEqualTo(session.visitor().anonymousId());
          });
    }
  }

  @Test
  void write_passerBy_neitherDescribesNorSubscribes() {
    assertThat(SESSIONS.stream().filter(session -> !session.visitor().isMember()))
        .isNotEmpty()
        .allSatisfy(session ->
            assertThat(session.records())
                .doesNotHaveAnyElementsOfTypes(
                    SampleRecord.Person.class, SampleRecord.Subscription.class));
  }

  @Test
  void write_member_isIntroducedOnce() {
    assertThat(SESSIONS.stream().filter(session -> session.visitor().isMember()))
        .isNotEmpty()
        .allSatisfy(session -> assertThat(session.visitor().introduced()).isTrue())
        .allSatisfy(session ->
            assertThat(session.records()).hasAtLeastOneElementOfType(SampleRecord.Person.class));
  }

  @Test
  void write_slowProcessing_costsDownloadsAndShares() {
    List<Session> fast = SESSIONS.stream().filter(waited(0, 4_000)).toList();
    List<Session> slow = SESSIONS.stream().filter(waited(10_000, Double.MAX_VALUE)).toList();

    assertThat(share(fast, "result_download")).isGreaterThan(1.5 * share(slow, "result_download"));
    assertThat(share(fast, "result_share")).isGreaterThan(2 * share(slow, "result_share"));
  }

  @Test
  void write_slowProcessing_costsSubscriptions() {
    List<Session> sessions = SampleSessions.write(20_000);
    List<Session> fast = sessions.stream().filter(waited(0, 4_000)).toList();
    List<Session> slow = sessions.stream().filter(waited(10_000, Double.MAX_VALUE)).toList();

    assertThat(share(fast, "subscription_start")).isGreaterThan(share(slow, "subscription_start"));
  }

  private static List<String> funnelSteps(Session session) {
    return session.records().stream()
        .filter(SampleRecord.FunnelStep.class::isInstance)
        .map(sample -> ((SampleRecord.FunnelStep) sample).step())
        .toList();
  }

  /// Sessions whose longest processing took that many milliseconds.
  private static Predicate<Session> waited(double fromMillis, double toMillis) {
    return session -> {
      double longest =
          session.records().stream()
              .filter(SampleRecord.Metric.class::isInstance)
              .map(SampleRecord.Metric.class::cast)
              .filter(metric -> metric.metric().equals("effect_processing_time"))
              .mapToDouble(SampleRecord.Metric::value)
              .max()
              .orElse(-1);
      return longest >= fromMillis && longest < toMillis;
    };
  }

  private static double share(List<Session> sessions, String eventType) {
    assertThat(sessions).hasSizeGreaterThan(100);
    long with =
        sessions.stream()
            .filter(session ->
                session.records().stream()
                    .anyMatch(sample ->
                        sample instanceof SampleRecord.Event event
                            && event.eventType().equals(eventType)))
            .count();
    return (double) with / sessions.size();
  }
}
