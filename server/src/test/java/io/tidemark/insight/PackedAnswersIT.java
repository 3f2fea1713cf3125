package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.rollup.Grain;
import io.tidemark.testing.FilledStore;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/// What is asked of API calls and metrics is answered the same, whether rows are packed or not.
class PackedAnswersIT {

  private static final Instant START = Instant.parse("2026-03-27T20:15:00Z");
  private static final Duration SPAN = Duration.ofDays(3);
  private static final Duration MINUTES_KEPT = Duration.ofDays(30);
  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

  private final Random random = new Random(37);
  private final FilledStore store = new FilledStore();
  private final BucketValueReader buckets = new BucketValueReader(store.jdbc());
  private final ApiPerformanceReader api = new ApiPerformanceReader(store.jdbc(), buckets);
  private final ApiTotalReader totals = new ApiTotalReader(store.jdbc(), buckets);
  private final MetricReader metrics = new MetricReader(store.jdbc(), buckets);

  @BeforeEach
  void fill() throws Exception {
    List<CapturedRecord> records = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      Instant at = START.plusSeconds(random.nextLong(SPAN.toSeconds()));
      FactOrigin origin = new FactOrigin(at, null, Person.user("somebody"), null, null);
      records.add(random.nextBoolean() ? call(origin) : sample(origin));
    }
    store.with(records);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void answers_unpackedPartlyPackedAllPacked_areTheSame() throws Exception {
    List<Object> unpacked = answers();

    pack("bucket < '2026-03-29T07:00:00Z'");
    List<Object> partlyPacked = answers();
    pack("true");
    List<Object> allPacked = answers();

    assertThat(unpacked).allSatisfy(answer -> assertThat((List<?>) answer).isNotEmpty());
    assertThat(partlyPacked).isEqualTo(unpacked);
    assertThat(allPacked).isEqualTo(unpacked);
  }

  /// The same each time. Sums are of whole numbers, so that their order makes no difference.
  private List<Object> answers() {
    Random ranges = new Random(41);
    List<Object> answers = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      Instant from = START.plusSeconds(ranges.nextLong(SPAN.toSeconds() / 2));
      TimeRange asked =
          new TimeRange(from, from.plus(20 + ranges.nextLong(28), ChronoUnit.HOURS))
              .widenedTo(ChronoUnit.MINUTES);
      RangeCover cover = RangeCover.of(asked, MINUTES_KEPT, START.plus(SPAN));
      answers.add(api.readEndpoints(cover));
      answers.add(metrics.readMetrics(cover));
      answers.add(List.copyOf(totals.readMinutes(cover.range()).keySet()));
      addPoints(new Buckets(Grain.DAY, KOLKATA, asked), answers);
      for (Grain grain : Grain.values()) {
        addPoints(new Buckets(grain, ZoneOffset.UTC, asked), answers);
      }
    }
    return answers;
  }

  private void addPoints(Buckets intervals, List<Object> answers) {
    RangeCover cover =
        RangeCover.of(intervals.places(), RangeCover.oldestMinute(MINUTES_KEPT, START.plus(SPAN)));
    answers.add(api.readTrend(intervals, cover, null));
    answers.add(api.readTrend(intervals, cover, "/b"));
    answers.add(totals.readPoints(intervals, cover));
  }

  private ApiCall call(FactOrigin origin) {
    boolean isTimed = random.nextInt(6) > 0;
    return new ApiCall(
        origin,
        random.nextBoolean() ? "/a" : "/b",
        random.nextInt(3) == 0 ? "PUT" : "GET",
        random.nextInt(10) == 0 ? 500 : 200,
        isTimed ? (double) random.nextInt(2_000) : null,
        random.nextBoolean());
  }

  private MetricSample sample(FactOrigin origin) {
    return new MetricSample(
        origin, random.nextBoolean() ? "CLS" : "LCP", random.nextInt(90) - 30, "ms", null);
  }

  /// As the server does it.
  private void pack(String which) throws Exception {
    for (String rollup : List.of("api_rollup", "api_total_rollup", "metric_rollup")) {
      String sql =
          new ClassPathResource("/io/tidemark/rollup/%s.pack.sql".formatted(rollup))
              .getContentAsString(StandardCharsets.UTF_8);
      for (Grain grain : Grain.values()) {
        Object[] due =
            store
                .jdbc()
                .sql(
                    "SELECT DISTINCT bucket::text FROM %s_unpacked WHERE grain = ? AND %s"
                        .formatted(rollup, which))
                .param(grain.columnValue())
                .query(String.class)
                .list()
                .toArray();
        try (Connection connection = store.database().dataSource().getConnection();
            PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setString(1, grain.columnValue());
          statement.setArray(2, connection.createArrayOf("timestamptz", due));
          assertThat(statement.executeUpdate()).isPositive();
        }
      }
    }
  }
}
