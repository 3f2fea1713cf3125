package io.tidemark.insight;

import io.tidemark.rollup.Grain;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The fewest rollup rows that make up a range: whole days, the whole hours around them, the
/// minutes at its ends. Pure.
///
/// @param range what it covers, after widening
/// @param segments parts to be read from rollups, none empty
/// @param detail parts of hours whose minutes are not kept any more, to be read from detail
public record RangeCover(TimeRange range, List<Segment> segments, List<TimeRange> detail) {

  /// A part of the range, to be read from rollups of one grain.
  public record Segment(Grain grain, TimeRange range) {}

  /// Where a statement has its segments from; takes the parameters of [#parameters].
  public static final String SEGMENTS =
      "unnest(CAST(? AS text[]), CAST(? AS timestamptz[]), CAST(? AS timestamptz[])) AS segment (grain, starts_at, ends_at)";

  /// What follows [#SEGMENTS], or a table of that name, for `kept`: the rows of a rollup in each
  /// segment, looked up one by one. For a join, the planner would guess how much the segments hold,
  /// and may read the whole rollup; `OFFSET 0` keeps it from making a join of this.
  ///
  /// @param condition which of the rows, beside their time
  public static String rowsOf(String rollup, String columns, String condition) {
    return """
    CROSS JOIN LATERAL (
           SELECT %s FROM %s
            WHERE grain = segment.grain AND bucket >= segment.starts_at AND bucket < segment.ends_at AND %s
           OFFSET 0) AS kept
    """
        .formatted(columns, rollup, condition);
  }

  /// All of them.
  public static String rowsOf(String rollup, String columns) {
    return rowsOf(rollup, columns, "true");
  }

  /// What a statement joins detail with; takes the parameters of [#detailParameters].
  public static final String DETAIL_SEGMENTS =
      "unnest(CAST(? AS timestamptz[]), CAST(? AS timestamptz[])) AS segment (starts_at, ends_at)";

  public RangeCover {
    segments = List.copyOf(segments);
    detail = List.copyOf(detail);
  }

  /// @param minutesKept how far back rollups by the minute reach; a range with an end before that
  ///   is widened to whole hours
  public static RangeCover of(TimeRange asked, Duration minutesKept, Instant now) {
    Instant oldestMinute = oldestMinute(minutesKept, now);
    TimeRange range = asked.widenedTo(ChronoUnit.MINUTES);
    if (range.from().isBefore(oldestMinute)) {
      range = new TimeRange(range.from().truncatedTo(ChronoUnit.HOURS), range.to());
    }
    if (range.to().isBefore(oldestMinute)) {
      range = range.widenedTo(ChronoUnit.HOURS);
    }
    List<Segment> segments = new ArrayList<>();
    split(range, Grain.MINUTE, segments);
    return new RangeCover(range, segments, List.of());
  }

  /// Of one grain alone.
  ///
  /// @param range from the start of one of its buckets to the start of another
  public static RangeCover of(TimeRange range, Grain grain) {
    return new RangeCover(range, List.of(new Segment(grain, range)), List.of());
  }

  /// Whole days of a time zone, no part across midnight there: hours, and what is left of hours
  /// that a midnight divides.
  ///
  /// @param asked widened to whole days of the zone
  public static RangeCover ofDays(TimeRange asked, ZoneId zone, Duration minutesKept, Instant now) {
    LocalDate first = asked.from().atZone(zone).toLocalDate();
    LocalDate end = asked.to().minusNanos(1).atZone(zone).toLocalDate().plusDays(1);
    List<Segment> segments = new ArrayList<>();
    List<TimeRange> detail = new ArrayList<>();
    first
        .datesUntil(end)
        .forEach(day -> {
          List<Segment> parts = new ArrayList<>();
          split(new TimeRange(start(day, zone), start(day.plusDays(1), zone)), Grain.MINUTE, parts);
          for (Segment part : parts) {
            if (part.grain() == Grain.MINUTE
                && part.range().from().isBefore(oldestMinute(minutesKept, now))) {
              detail.add(part.range());
            } else {
              segments.add(part);
            }
          }
        });
    return new RangeCover(new TimeRange(start(first, zone), start(end, zone)), segments, detail);
  }

  /// Hours and days, no part across a boundary.
  ///
  /// @param boundaries whole hours, ascending: the range begins with the first and ends with the
  ///   last
  static RangeCover ofWholeHours(List<Instant> boundaries) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 1; i < boundaries.size(); i++) {
      List<Segment> parts = new ArrayList<>();
      split(new TimeRange(boundaries.get(i - 1), boundaries.get(i)), Grain.HOUR, parts);
      parts.forEach(part -> append(part, segments));
    }
    return new RangeCover(
        new TimeRange(boundaries.getFirst(), boundaries.getLast()), segments, List.of());
  }

  /// Rows of one grain that follow each other are found together.
  private static void append(Segment part, List<Segment> segments) {
    if (segments.isEmpty() || segments.getLast().grain() != part.grain()) {
      segments.add(part);
      return;
    }
    Segment last = segments.removeLast();
    segments.add(new Segment(part.grain(), new TimeRange(last.range().from(), part.range().to())));
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /// Since when rollups by the minute are whole. An hour less than they are kept, so that the
  /// minutes of an hour that begins before are there too.
  public static Instant oldestMinute(Duration minutesKept, Instant now) {
    return now.minus(minutesKept).plus(1, ChronoUnit.HOURS);
  }

  /// Grains, starts and ends as array literals of PostgreSQL.
  public List<String> parameters() {
    return List.of(
        literal(segment -> segment.grain().columnValue()),
        literal(segment -> segment.range().from().toString()),
        literal(segment -> segment.range().to().toString()));
  }

  /// Starts and ends of the parts to be read from detail, as array literals of PostgreSQL.
  public List<String> detailParameters() {
    return List.of(
        literal(detail, range -> range.from().toString()),
        literal(detail, range -> range.to().toString()));
  }

  private String literal(Function<Segment, String> part) {
    return literal(segments, part);
  }

  private static <T> String literal(List<T> parts, Function<T, String> text) {
    return parts.stream().map(text).collect(Collectors.joining(",", "{", "}"));
  }

  private static void split(TimeRange range, Grain grain, List<Segment> segments) {
    if (range.isEmpty()) {
      return;
    }
    if (grain == Grain.DAY) {
      segments.add(new Segment(grain, range));
      return;
    }
    Grain coarser = grain == Grain.MINUTE ? Grain.HOUR : Grain.DAY;
    TimeRange whole =
        new TimeRange(
            TimeRange.roundUp(range.from(), coarser.unit()),
            range.to().truncatedTo(coarser.unit()));
    if (whole.isEmpty()) {
      segments.add(new Segment(grain, range));
      return;
    }
    addUnlessEmpty(new TimeRange(range.from(), whole.from()), grain, segments);
    split(whole, coarser, segments);
    addUnlessEmpty(new TimeRange(whole.to(), range.to()), grain, segments);
  }

  private static void addUnlessEmpty(TimeRange range, Grain grain, List<Segment> segments) {
    if (!range.isEmpty()) {
      segments.add(new Segment(grain, range));
    }
  }
}
