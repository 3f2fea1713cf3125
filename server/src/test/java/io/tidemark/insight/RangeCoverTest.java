package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.RangeCover.Segment;
import io.tidemark.rollup.Grain;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeCoverTest {

  private static final Instant NOW = Instant.parse("2026-03-14T15:09:26.535Z");
  private static final Duration MINUTES_KEPT = Duration.ofDays(7);

  @Test
  void of_randomRange_adjoinsExactlyAndIsMinimal() {
    Random random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      TimeRange asked = random(random);

      RangeCover cover = RangeCover.of(asked, MINUTES_KEPT, NOW);

      assertThat(cover.range()).isEqualTo(asked);
      assertAdjoins(cover);
      assertMinimal(cover);
      assertDetailIsPartsOfHoursLongAgo(cover);
    }
  }

  @Test
  void of_randomRange_readsNoMinuteThatMayBeForgotten() {
    Random random = new Random(18);
    for (int i = 0; i < 20_000; i++) {
      RangeCover cover = RangeCover.of(random(random), MINUTES_KEPT, NOW);

      assertThat(cover.segments())
          .filteredOn(segment -> segment.grain() == Grain.MINUTE)
          .allSatisfy(
              segment -> assertThat(segment.range().from()).isAfter(NOW.minus(MINUTES_KEPT)));
    }
  }

  @Test
  void of_dayOfAHalfHourOffset_hasMinutesAtItsEnds() {
    assertThat(cover("2026-03-10T18:30:00Z", "2026-03-12T18:30:00Z"))
        .containsExactly(
            segment(Grain.MINUTE, "2026-03-10T18:30:00Z", "2026-03-10T19:00:00Z"),
            segment(Grain.HOUR, "2026-03-10T19:00:00Z", "2026-03-11T00:00:00Z"),
            segment(Grain.DAY, "2026-03-11T00:00:00Z", "2026-03-12T00:00:00Z"),
            segment(Grain.HOUR, "2026-03-12T00:00:00Z", "2026-03-12T18:00:00Z"),
            segment(Grain.MINUTE, "2026-03-12T18:00:00Z", "2026-03-12T18:30:00Z"));
  }

  @Test
  void of_beforeMinutesAreKept_readsPartsOfHoursFromDetail() {
    RangeCover cover =
        RangeCover.of(range("2026-01-10T18:30:00Z", "2026-01-11T18:31:00Z"), MINUTES_KEPT, NOW);

    assertThat(cover.segments())
        .containsExactly(segment(Grain.HOUR, "2026-01-10T19:00:00Z", "2026-01-11T18:00:00Z"));
    assertThat(cover.detail())
        .containsExactly(
            range("2026-01-10T18:30:00Z", "2026-01-10T19:00:00Z"),
            range("2026-01-11T18:00:00Z", "2026-01-11T18:31:00Z"));
  }

  @Test
  void of_startBeforeMinutesAreKept_readsItsPartOfTheHourFromDetail() {
    RangeCover cover =
        RangeCover.of(range("2026-03-01T23:10:00Z", "2026-03-13T00:07:00Z"), MINUTES_KEPT, NOW);

    assertThat(cover.segments())
        .containsExactly(
            segment(Grain.DAY, "2026-03-02T00:00:00Z", "2026-03-13T00:00:00Z"),
            segment(Grain.MINUTE, "2026-03-13T00:00:00Z", "2026-03-13T00:07:00Z"));
    assertThat(cover.detail())
        .containsExactly(range("2026-03-01T23:10:00Z", "2026-03-02T00:00:00Z"));
  }

  @Test
  void of_wholeYear_isDays() {
    assertThat(cover("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
        .containsExactly(segment(Grain.DAY, "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"));
  }

  @Test
  void parameters_areArraysOfTheSameLength() {
    RangeCover cover =
        new RangeCover(
            range("2026-03-01T23:00:00Z", "2026-03-03T00:00:00Z"),
            List.of(
                segment(Grain.HOUR, "2026-03-01T23:00:00Z", "2026-03-02T00:00:00Z"),
                segment(Grain.DAY, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")),
            List.of());

    assertThat(cover.parameters())
        .containsExactly(
            "{hour,day}",
            "{2026-03-01T23:00:00Z,2026-03-02T00:00:00Z}",
            "{2026-03-02T00:00:00Z,2026-03-03T00:00:00Z}");
  }

  private static void assertAdjoins(RangeCover cover) {
    for (Segment segment : cover.segments()) {
      assertThat(segment.range().isEmpty()).isFalse();
      assertThat(segment.range().widenedTo(segment.grain().unit())).isEqualTo(segment.range());
    }
    List<TimeRange> parts =
        Stream.concat(cover.segments().stream().map(Segment::range), cover.detail().stream())
            .sorted(Comparator.comparing(TimeRange::from))
            .toList();
    Instant reached = cover.range().from();
    for (TimeRange part : parts) {
      assertThat(part.from()).isEqualTo(reached);
      reached = part.to();
    }
    assertThat(reached).isEqualTo(cover.range().to());
  }

  /// No segment holds a whole unit of the next coarser grain.
  private static void assertMinimal(RangeCover cover) {
    for (Segment segment : cover.segments()) {
      if (segment.grain() != Grain.DAY) {
        ChronoUnit coarser = segment.grain() == Grain.MINUTE ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        Instant firstWhole = TimeRange.roundUp(segment.range().from(), coarser);
        assertThat(firstWhole.plus(1, coarser)).isAfter(segment.range().to());
      }
    }
  }

  private static void assertDetailIsPartsOfHoursLongAgo(RangeCover cover) {
    Instant keptForSure = NOW.minus(MINUTES_KEPT).plus(1, ChronoUnit.HOURS);
    for (TimeRange part : cover.detail()) {
      assertThat(part.from()).isBefore(keptForSure);
      assertThat(part.widenedTo(ChronoUnit.MINUTES)).isEqualTo(part);
      assertThat(Duration.between(part.from(), part.to())).isLessThan(Duration.ofHours(2));
    }
  }

  /// From minutes to months, aligned or not, near to now or near to where minutes end or long ago.
  private static TimeRange random(Random random) {
    long longest = Duration.ofMinutes(2).toSeconds() << random.nextInt(17);
    Instant end =
        switch (random.nextInt(3)) {
          case 0 -> NOW;
          case 1 -> NOW.minus(MINUTES_KEPT).plusSeconds(random.nextInt(20_000) - 10_000);
          default -> NOW.minusSeconds(random.nextInt(40_000_000));
        };
    Instant start = end.minusSeconds(1 + (long) (random.nextDouble() * longest));
    TimeRange exact = new TimeRange(start, end);
    return switch (random.nextInt(4)) {
      case 0 -> exact.widenedTo(ChronoUnit.MINUTES);
      case 1 -> exact.widenedTo(ChronoUnit.HOURS);
      case 2 -> exact.widenedTo(ChronoUnit.DAYS);
      default -> exact.widenedTo(ChronoUnit.MINUTES);
    };
  }

  private static List<Segment> cover(String from, String to) {
    return RangeCover.of(range(from, to), MINUTES_KEPT, NOW).segments();
  }

  private static Segment segment(Grain grain, String from, String to) {
    return new Segment(grain, range(from, to));
  }

  private static TimeRange range(String from, String to) {
    return new TimeRange(Instant.parse(from), Instant.parse(to));
  }

  @Test
  void of_daysOfAHalfHourZone_divideTheHoursOfItsMidnights() {
    Instant now = Instant.parse("2026-03-05T10:00:00Z");
    Buckets days =
        new Buckets(
            Grain.DAY,
            ZoneId.of("Asia/Kolkata"),
            range("2026-03-01T18:30:00Z", "2026-03-04T18:30:00Z"));

    RangeCover cover =
        RangeCover.of(days.places(), RangeCover.oldestMinute(Duration.ofDays(2), now));

    assertThat(cover.detail())
        .containsExactly(
            range("2026-03-01T18:30:00Z", "2026-03-01T19:00:00Z"),
            range("2026-03-02T18:00:00Z", "2026-03-02T18:30:00Z"),
            range("2026-03-02T18:30:00Z", "2026-03-02T19:00:00Z"));
    assertThat(cover.segments())
        .containsExactly(
            segment(Grain.HOUR, "2026-03-01T19:00:00Z", "2026-03-02T18:00:00Z"),
            segment(Grain.HOUR, "2026-03-02T19:00:00Z", "2026-03-03T18:00:00Z"),
            segment(Grain.MINUTE, "2026-03-03T18:00:00Z", "2026-03-03T19:00:00Z"),
            segment(Grain.HOUR, "2026-03-03T19:00:00Z", "2026-03-04T18:00:00Z"),
            segment(Grain.MINUTE, "2026-03-04T18:00:00Z", "2026-03-04T18:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "Europe/Berlin, 2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "Asia/Kathmandu, 2026-03-29T10:00:00Z, 2026-03-28T18:15:00Z, 2026-03-29T18:15:00Z",
    "Australia/Lord_Howe, 2026-04-04T20:00:00Z, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z"
  })
  void buckets_aDay_isAsLongAsItIsThere(String zone, Instant at, Instant start, Instant end) {
    Buckets days = new Buckets(Grain.DAY, ZoneId.of(zone), new TimeRange(at, end.plusSeconds(60)));

    assertThat(days.startOf(at)).isEqualTo(start);
    assertThat(days.places().bounds()).containsExactly(at, end, end.plusSeconds(60));
    assertThat(days.partial(end)).containsExactly(start, end);
  }
}
