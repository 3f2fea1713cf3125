package io.tidemark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleTimelineTest {

  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-08T09:41:07Z");
  private static final int BATCH_SIZE = 1_000;

  @Test
  void next_sameArguments_givesTheSameRecords() {
    assertThat(records(timeline(FROM, TO, 20_000))).isEqualTo(records(timeline(FROM, TO, 20_000)));
  }

  @Test
  void next_always_isInTimeOrderAndInRange() {
    List<SampleRecord> records = records(timeline(FROM, TO, 20_000));

    assertThat(records).extracting(SampleRecord::timestamp).isSorted();
    assertThat(records.getFirst().timestamp()).isAfterOrEqualTo(FROM);
    assertThat(records.getLast().timestamp()).isBefore(TO);
  }

  @Test
  void next_always_givesEachRecordItsOwnId() {
    List<String> ids =
        records(timeline(FROM, TO, 20_000)).stream()
            .filter(sample -> !(sample instanceof SampleRecord.Subscription))
            .map(sample -> sample.stamp().id())
            .toList();

    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void next_always_fillsBatchesButTheLast() {
    List<Integer> sizes = new ArrayList<>();
    timeline(FROM, TO, 20_000).forEachRemaining(batch -> sizes.add(batch.size()));

    assertThat(sizes.subList(0, sizes.size() - 1)).containsOnly(BATCH_SIZE);
    assertThat(sizes.getLast()).isBetween(1, BATCH_SIZE);
  }

  @Test
  void next_aimedAtANumberOfRecords_comesClose() {
    assertThat(records(timeline(FROM, TO, 50_000))).hasSizeBetween(45_000, 55_000);
  }

  /// What a demo started again on another day relies on: the intake recognises what it has already.
  @Test
  void next_overlappingTimelines_agreeOnWhatTheyShare() {
    Duration shift = Duration.ofDays(2);
    Set<SampleRecord> earlier = new HashSet<>(records(timeline(FROM, TO, 60_000)));

    List<SampleRecord> shared =
        records(timeline(FROM.plus(shift), TO.plus(shift), 60_000)).stream()
            .filter(sample -> sample.timestamp().isBefore(TO))
            .filter(sample -> sample.timestamp().isAfter(FROM.plus(shift)))
            .filter(sample -> !(sample instanceof SampleRecord.Person))
            .filter(sample -> !(sample instanceof SampleRecord.Subscription))
            .toList();

    long known = shared.stream().filter(earlier::contains).count();
    assertThat((double) known / shared.size()).isGreaterThan(0.98);
  }

  @Test
  void next_denserTimeline_addsToTheSparserOne() {
    Instant lastHour = TO.minus(Duration.ofHours(1));
    Set<SampleRecord> denser = new HashSet<>(records(timeline(lastHour, TO, 20_000)));

    List<SampleRecord> sparser =
        records(timeline(FROM, TO, 60_000)).stream()
            .filter(sample -> sample.timestamp().isAfter(TO.minus(Duration.ofMinutes(20))))
            .filter(sample -> sample instanceof SampleRecord.Call)
            .toList();

    long known = sparser.stream().filter(denser::contains).count();
    assertThat(sparser).hasSizeGreaterThan(20);
    assertThat((double) known / sparser.size()).isGreaterThan(0.9);
  }

  @Test
  void next_atTheEnd_saysThatThereIsNoMore() {
    Iterator<List<SampleRecord>> timeline = timeline(FROM, FROM.plusSeconds(60), 1);
    timeline.forEachRemaining(batch -> {});

    assertThatThrownBy(timeline::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void new_withoutTime_isRefused() {
    assertThatThrownBy(() -> timeline(FROM, FROM, 100))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Iterator<List<SampleRecord>> timeline(Instant from, Instant to, int records) {
    return new SampleTimeline(7, Rhythm.ofTheSampleApp(), from, to, records, BATCH_SIZE);
  }

  private static List<SampleRecord> records(Iterator<List<SampleRecord>> timeline) {
    List<SampleRecord> records = new ArrayList<>();
    timeline.forEachRemaining(records::addAll);
    return records;
  }
}
