package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.Person;
import io.tidemark.record.UserEvent;
import io.tidemark.testing.FilledStore;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/// People are counted the same, whether the rows that say so are packed or not.
class PeopleReaderIT {

  private static final Instant START = Instant.parse("2026-03-27T20:15:00Z");
  private static final Duration SPAN = Duration.ofDays(3);
  private static final Duration MINUTES_KEPT = Duration.ofDays(30);

  private final Random random = new Random(29);
  private final FilledStore store = new FilledStore();
  private final PeopleReader people = new PeopleReader(store.jdbc());

  @BeforeEach
  void fill() throws Exception {
    List<CapturedRecord> records = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      Instant at = START.plusSeconds(random.nextLong(SPAN.toSeconds()));
      Person person = Person.user("user-" + random.nextInt(60));
      FactOrigin origin = new FactOrigin(at, null, person, null, null);
      records.add(
          random.nextInt(3) == 0
              ? new UserEvent(origin, "page_visit", null)
              : new FunnelStep(origin, random.nextBoolean() ? "page_visit" : "result_view", null));
    }
    store.with(records);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void countByKey_unpackedPartlyPackedAllPacked_equalsDetail() throws Exception {
    assertEqualsDetail();
    pack("bucket < '2026-03-29T07:00:00Z'");
    assertEqualsDetail();
    pack("true");
    assertEqualsDetail();
  }

  @Test
  void countByKey_nobody_isEmpty() {
    RangeCover before =
        RangeCover.of(
            new TimeRange(START.minus(SPAN), START.minus(1, ChronoUnit.HOURS)),
            MINUTES_KEPT,
            START.plus(SPAN));

    assertThat(people.countByKey(before, "conversion_funnel")).isEmpty();
  }

  private void assertEqualsDetail() {
    for (int round = 0; round < 25; round++) {
      Instant from = START.plusSeconds(random.nextLong(SPAN.toSeconds()));
      TimeRange asked =
          new TimeRange(from, from.plusSeconds(1 + random.nextLong(SPAN.toSeconds())))
              .widenedTo(ChronoUnit.MINUTES);
      RangeCover cover = RangeCover.of(asked, MINUTES_KEPT, START.plus(SPAN));

      assertThat(people.countByKey(cover, "conversion_funnel"))
          .as("%s", cover.range())
          .isEqualTo(detail(cover.range()));
    }
  }

  private Map<String, Long> detail(TimeRange range) {
    Map<String, Long> expected = new HashMap<>();
    store
        .jdbc()
        .sql(
            "SELECT step, count(DISTINCT user_key) FROM conversion_funnel WHERE ts >= ? AND ts < ? GROUP BY step")
        .param(range.from().atOffset(ZoneOffset.UTC))
        .param(range.to().atOffset(ZoneOffset.UTC))
        .query(row -> {
          expected.put(row.getString(1), row.getLong(2));
        });
    return expected;
  }

  /// As the server does it.
  private void pack(String which) throws Exception {
    String sql =
        new ClassPathResource("/io/tidemark/rollup/people_rollup.pack.sql")
            .getContentAsString(StandardCharsets.UTF_8);
    for (String grain : List.of("minute", "hour")) {
      Object[] buckets =
          store
              .jdbc()
              .sql(
                  "SELECT DISTINCT bucket::text FROM people_rollup_unpacked WHERE grain = ? AND "
                      + which)
              .param(grain)
              .query(String.class)
              .list()
              .toArray();
      try (Connection connection = store.database().dataSource().getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, grain);
        statement.setArray(2, connection.createArrayOf("timestamptz", buckets));
        assertThat(statement.executeUpdate()).isPositive();
      }
    }
  }
}
