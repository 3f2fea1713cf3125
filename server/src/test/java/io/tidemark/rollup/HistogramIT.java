package io.tidemark.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The histogram functions of the schema: within 1 % of the nearest rank.
class HistogramIT {

  private static final int SAMPLES = 3_000;

  private static final String PERCENTILES =
      """
      WITH sample AS (
        SELECT unnest(?::float8[]) AS value
      ), distribution AS (
        SELECT array_agg(value) AS bucket_values, array_agg(count) AS bucket_counts
          FROM (SELECT histogram_bucket(value) AS value, count(*) AS count FROM sample GROUP BY 1 ORDER BY random()) AS bucket
      )
      SELECT fraction, histogram_percentile(bucket_values, bucket_counts, fraction),
             (SELECT percentile_disc(fraction) WITHIN GROUP (ORDER BY value) FROM sample)
        FROM distribution, unnest(ARRAY[0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]) AS fraction
      """;

  /// The same from the distributions of seven rollup rows, merged.
  private static final String MERGED_PERCENTILES =
      """
      WITH sample AS (
        SELECT value, number % 7 AS part FROM unnest(?::float8[]) WITH ORDINALITY AS entry (value, number)
      ), rollup AS (
        SELECT array_agg(value) AS bucket_values, array_agg(count) AS bucket_counts
          FROM (SELECT part, histogram_bucket(value) AS value, count(*) AS count FROM sample GROUP BY 1, 2) AS bucket
         GROUP BY part
      ), merged AS (
        SELECT histogram_merge(bucket_values, bucket_counts) AS distribution FROM rollup
      )
      SELECT fraction, histogram_percentile(distribution, fraction),
             (SELECT percentile_disc(fraction) WITHIN GROUP (ORDER BY value) FROM sample)
        FROM merged, unnest(ARRAY[0, 0.001, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1]) AS fraction
      """;

  private static MigratedDatabase database;

  @BeforeAll
  static void open() {
    database = MigratedDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<Named<ToDoubleFunction<Random>>> distributions() {
    return Stream.of(
        Named.of("lognormal", random -> Math.exp(3 + 2 * random.nextGaussian())),
        Named.of(
            "bimodal",
            random -> random.nextInt(10) == 0 ? 900 + random.nextInt(99) : 3 + random.nextDouble()),
        Named.of("constant", random -> 37.5),
        Named.of("nothing but zeros", random -> 0),
        Named.of("billionths", random -> 1e-9 * Math.exp(random.nextGaussian())),
        Named.of("trillions", random -> 1e12 * Math.exp(random.nextGaussian())),
        Named.of("whole numbers", random -> random.nextInt(30)),
        Named.of("tiny", random -> Math.exp(-60 + random.nextGaussian())),
        Named.of("huge", random -> Math.exp(60 + random.nextGaussian())),
        Named.of("negative", random -> -Math.exp(4 * random.nextGaussian())),
        Named.of("around zero", random -> random.nextInt(3) * random.nextGaussian()),
        Named.of("powers of the ratio", random -> Math.pow(1.02, random.nextInt(200) - 100)),
        Named.of("every size", random -> Math.pow(10, 60 * random.nextDouble() - 30)));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void percentile_manySamples_isWithinOnePercentOfNearestRank(
      ToDoubleFunction<Random> distribution) {
    Random random = new Random(11);
    assertWithinOnePercent(
        PERCENTILES,
        DoubleStream.generate(() -> distribution.applyAsDouble(random)).limit(SAMPLES));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void percentile_fewSamples_isWithinOnePercentOfNearestRank(
      ToDoubleFunction<Random> distribution) {
    Random random = new Random(12);
    for (int samples = 1; samples <= 12; samples++) {
      assertWithinOnePercent(
          PERCENTILES,
          DoubleStream.generate(() -> distribution.applyAsDouble(random)).limit(samples));
    }
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void percentile_mergedRows_isWithinOnePercentOfNearestRank(
      ToDoubleFunction<Random> distribution) {
    Random random = new Random(14);
    assertWithinOnePercent(
        MERGED_PERCENTILES,
        DoubleStream.generate(() -> distribution.applyAsDouble(random)).limit(SAMPLES));
  }

  /// More entries than are left to pile up.
  @Test
  void merge_manyRows_countsEverySample() {
    assertThat(
            database.count(
                """
                SELECT sum(count)::bigint
                  FROM (SELECT histogram_merge(bucket_values, bucket_counts) AS distribution
                          FROM (SELECT array_agg(value::real) AS bucket_values, array_agg(value) AS bucket_counts
                                  FROM generate_series(1::bigint, 100) AS value) AS row, generate_series(1, 500)) AS merged,
                       unnest((distribution).bucket_values, (distribution).bucket_counts) AS bucket (value, count)
                """))
        .isEqualTo(500 * 5050);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 9e-31, -9e-31})
  void bucket_nextToNothing_isZero(double value) {
    assertThat(bucket(value)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e30, 3e30, 1e100, Double.MAX_VALUE})
  void bucket_beyondWhatIsToldApart_isTheLargest(double value) {
    assertThat(bucket(value)).isEqualTo(bucket(1e30));
    assertThat(bucket(-value)).isEqualTo(-bucket(1e30));
  }

  @Test
  void bucket_largerValue_isNotSmaller() {
    List<Double> ascending =
        new Random(13).doubles(2_000, -90, 90).map(Math::sinh).sorted().boxed().toList();

    assertThat(ascending.stream().map(HistogramIT::bucket).toList()).isSorted();
  }

  @Test
  void place_ofAnyBucket_isItsNumber() {
    assertThat(
            database.count(
                "SELECT count(*) FROM generate_series(-6978, 6978) AS place WHERE histogram_place(histogram_value(place)) <> place"))
        .isZero();
    assertThat(database.count("SELECT histogram_place(histogram_bucket(1e300))")).isEqualTo(6_978);
    assertThat(database.count("SELECT histogram_place(histogram_bucket(-1e300))"))
        .isEqualTo(-6_978);
    assertThat(database.count("SELECT histogram_place(0)")).isZero();
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void steps_ofADistribution_giveItsValuesBack(ToDoubleFunction<Random> sample) {
    Random random = new Random(31);
    Double[] samples =
        DoubleStream.generate(() -> sample.applyAsDouble(random))
            .limit(SAMPLES)
            .boxed()
            .toArray(Double[]::new);

    assertThat(
            database
                .jdbc()
                .sql(
                    """
                    WITH distribution AS (
                      SELECT array_agg(DISTINCT histogram_bucket(value)) AS bucket_values FROM unnest(?::float8[]) AS value
                    )
                    SELECT histogram_values(histogram_steps(bucket_values)) = bucket_values
                           AND histogram_values(histogram_steps('{}')) = '{}'
                      FROM distribution
                    """)
                .param(samples)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void percentile_noSamples_isNull() {
    assertThat(database.count("SELECT count(histogram_percentile('{}', '{}', 0.95))")).isZero();
  }

  private static void assertWithinOnePercent(String percentiles, DoubleStream samples) {
    database
        .jdbc()
        .sql(percentiles)
        .param(samples.boxed().toArray(Double[]::new))
        .query(row -> {
          double exact = row.getDouble(3);
          assertThat(Math.abs(row.getDouble(2) - exact))
              .as("percentile %s is %s, told as %s", row.getDouble(1), exact, row.getDouble(2))
              .isLessThanOrEqualTo(Math.abs(exact) * 0.010_001);
        });
  }

  private static double bucket(double value) {
    return database
        .jdbc()
        .sql("SELECT histogram_bucket(?)")
        .param(value)
        .query(Double.class)
        .single();
  }
}
