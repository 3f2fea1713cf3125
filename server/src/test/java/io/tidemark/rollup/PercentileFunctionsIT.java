package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.MetricSample;
import io.tidemark.testing.FilledStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;

/// Percentiles of a range, from rollups and the detail at its ends: within 1 % of the nearest rank,
/// however the samples are distributed.
class PercentileFunctionsIT {

  private static final Instant START = Instant.parse("2026-05-31T22:10:00Z");
  private static final OffsetDateTime FROM = at("2026-05-31T22:25:17.25Z");
  private static final OffsetDateTime TO = at("2026-06-01T01:03:30.000001Z");
  private static final int SAMPLES = 1_200;

  private static final String FRACTIONS =
      "unnest(ARRAY[0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999]) AS fraction";

  private static FilledStore store;

  @BeforeAll
  static void fill() throws Exception {
    store = new FilledStore();
    Random random = new Random(81);
    List<CapturedRecord> records = new ArrayList<>();
    for (Named<ToDoubleFunction<Random>> distribution : HistogramIT.distributions().toList()) {
      for (int i = 0; i < SAMPLES; i++) {
        double value = distribution.getPayload().applyAsDouble(random);
        Instant at = START.plus(random.nextInt(11_000_000), ChronoUnit.MILLIS);
        FactOrigin origin = new FactOrigin(at, null, null, null, null);
        String name = distribution.getName();
        records.add(new MetricSample(origin, name, value, null, null));
        records.add(new ApiCall(origin, name, "GET", 200, Math.abs(value), null));
      }
    }
    store.with(records);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void metricPercentile_isWithinOnePercentOfNearestRank() {
    assertWithinOnePercent(
        """
        SELECT type, fraction, metric_percentile(fraction, ?, ?, type), exact
          FROM (SELECT type, fraction, percentile_disc(fraction) WITHIN GROUP (ORDER BY value) AS exact
                  FROM performance_metric, %s WHERE ts >= ? AND ts < ? GROUP BY type, fraction) AS detail
        """
            .formatted(FRACTIONS));
  }

  @Test
  void apiLatencyPercentile_isWithinOnePercentOfNearestRank() {
    assertWithinOnePercent(
        """
        SELECT endpoint, fraction, api_latency_percentile(fraction, ?, ?, endpoint), exact
          FROM (SELECT endpoint, fraction, percentile_disc(fraction) WITHIN GROUP (ORDER BY response_time_ms) AS exact
                  FROM api_response_time, %s WHERE ts >= ? AND ts < ? GROUP BY endpoint, fraction) AS detail
        """
            .formatted(FRACTIONS));
  }

  private static void assertWithinOnePercent(String percentiles) {
    List<String> compared =
        store
            .jdbc()
            .sql(percentiles)
            .params(FROM, TO, FROM, TO)
            .query((row, number) -> {
              double exact = row.getDouble(4);
              assertThat(Math.abs(row.getDouble(3) - exact))
                  .as(
                      "%s of %s is %s, told as %s",
                      row.getDouble(2), row.getString(1), exact, row.getDouble(3))
                  .isLessThanOrEqualTo(Math.abs(exact) * 0.010_001);
              return row.getString(1);
            })
            .list();
    assertThat(compared).hasSizeGreaterThan(100);
  }

  private static OffsetDateTime at(String instant) {
    return Instant.parse(instant).atOffset(ZoneOffset.UTC);
  }
}
