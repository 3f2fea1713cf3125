package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void percentile_noSamples_isNull() {
    assertThat(new Distribution().percentile(0.95)).isNull();
  }

  @Test
  void percentile_oneSample_isThatSample() {
    Distribution distribution = new Distribution();
    distribution.add(7.5f, 1);

    assertThat(distribution.percentile(0)).isEqualTo(7.5);
    assertThat(distribution.percentile(0.5)).isEqualTo(7.5);
    assertThat(distribution.percentile(1)).isEqualTo(7.5);
  }

  @Test
  void percentile_twentySamples_isByNearestRank() {
    Distribution distribution = new Distribution();
    for (int value = 20; value >= 1; value--) {
      distribution.add(value, 1);
    }

    assertThat(distribution.percentile(0.50)).isEqualTo(10);
    assertThat(distribution.percentile(0.95)).isEqualTo(19);
    assertThat(distribution.percentile(0.951)).isEqualTo(20);
  }

  @Test
  void percentile_negativeValues_areBelowZero() {
    Distribution distribution = new Distribution();
    distribution.add(-100, 1);
    distribution.add(-1, 1);
    distribution.add(0, 1);
    distribution.add(1, 1);

    assertThat(distribution.percentile(0.25)).isEqualTo(-100);
    assertThat(distribution.percentile(0.5)).isEqualTo(-1);
    assertThat(distribution.percentile(0.75)).isZero();
  }

  @Test
  void percentile_moreSamplesThanAnIntegerCounts_isByNearestRank() {
    Distribution distribution = new Distribution();
    distribution.add(1, 5_000_000_000L);
    distribution.add(2, 5_000_000_001L);

    assertThat(distribution.percentile(0.5)).isEqualTo(2);
    assertThat(distribution.percentile(0.49)).isEqualTo(1);
  }

  @Test
  void percentile_manyBucketsInAnyOrder_isByNearestRank() {
    List<Integer> values = new ArrayList<>(IntStream.rangeClosed(1, 1000).boxed().toList());
    Collections.shuffle(values, new Random(5));
    Distribution distribution = new Distribution();
    for (int value : values) {
      distribution.add(value, 1);
      distribution.add(value, 2);
    }

    assertThat(distribution.percentile(0.001)).isEqualTo(1);
    assertThat(distribution.percentile(0.5)).isEqualTo(500);
    assertThat(distribution.percentile(1)).isEqualTo(1000);
  }

  @Test
  void percentile_mergedFromParts_equalsAllSamplesSorted() {
    Random random = new Random(23);
    for (int round = 0; round < 200; round++) {
      Distribution merged = new Distribution();
      List<Float> samples = new ArrayList<>();
      for (int part = 0; part < 3; part++) {
        Distribution own = new Distribution();
        for (int i = random.nextInt(40); i > 0; i--) {
          float value = random.nextInt(21) - 10;
          int count = 1 + random.nextInt(3);
          own.add(value, count);
          for (int copy = 0; copy < count; copy++) {
            samples.add(value);
          }
        }
        merged.add(own);
      }
      List<Float> sorted = samples.stream().sorted().toList();
      double fraction = random.nextDouble();

      Double percentile = merged.percentile(fraction);

      if (sorted.isEmpty()) {
        assertThat(percentile).isNull();
      } else {
        int rank = Math.max(1, (int) Math.ceil(fraction * sorted.size()));
        assertThat(percentile).isEqualTo(sorted.get(rank - 1).doubleValue());
      }
    }
  }
}
