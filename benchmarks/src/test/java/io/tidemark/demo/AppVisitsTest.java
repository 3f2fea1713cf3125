package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AppVisitsTest {

  private static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");

  @Test
  void next_postsAreInOrder_andTellNothingOfTheFuture() {
    AppVisits visits = new AppVisits(Clock.fixed(NOW, ZoneOffset.UTC), 1);
    for (int number = 0; number < 200; number++) {
      AppVisit visit = visits.next();
      assertThat(visit.isOver()).isFalse();
      Instant last = NOW;
      while (!visit.isOver()) {
        AppVisit.Post post = visit.next();
        assertThat(post.at()).isAfterOrEqualTo(last);
        last = post.at();
        JsonNode records = JsonMapper.builder().build().readTree(post.body()).path("records");
        assertThat(records).hasSize(post.records());
        for (JsonNode item : records) {
          assertThat(Instant.parse(item.path("timestamp").asString())).isBeforeOrEqualTo(post.at());
        }
        visit.advance();
      }
    }
  }
}
