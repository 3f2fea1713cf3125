package io.tidemark.insight;

import io.tidemark.rollup.Grain;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The fewest rollup rows that make up a range: whole days, the whole hours around them, the
/// minutes at its ends. Pure.
///
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

  /// @param range of whole minutes
  /// @param minutesKept how far back rollups by the minute reach
  public static RangeCover of(TimeRange range, Duration minutesKept, Instant now) {
    return of(new Places(List.of(range.from(), range.to())), oldestMinute(minutesKept, now));
  }

  /// No row across a bound.
  ///
  /// @param places with bounds of whole minutes
  /// @param minutesSince the [#oldestMinute]
  public static RangeCover of(Places places, Instant minutesSince) {
    List<Segment> segments = new ArrayList<>();
    List<TimeRange> detail = new ArrayList<>();
    for (int place = 1; place <= places.count(); place++) {
      List<Segment> parts = new ArrayList<>();
      split(
          new TimeRange(places.bounds().get(place - 1), places.bounds().get(place)),
          Grain.MINUTE,
          parts);
      for (Segment part : parts) {
        if (part.grain() == Grain.MINUTE && part.range().from().isBefore(minutesSince)) {
          detail.add(part.range());
        } else {
          append(part, segments);
        }
      }
    }
    return new RangeCover(places.range(), segments, detail);
  }

  /// Of one grain alone.
  ///
  /// @param range from the start of one of its buckets to the start of another
  public static RangeCover of(TimeRange range, Grain grain) {
    return new RangeCover(range, List.of(new Segment(grain, range)), List.of());
  }

  /// Rows of one grain that follow each other are found together.
  private static void append(Segment part, List<Segment> segments) {
    if (segments.isEmpty() || segments.getLast().grain() != part.grain()) {
      segments.add(part);
      return;
    }
    Segment last = segments.getLast();
    if (!last.range().to().equals(part.range().from())) {
      segments.add(part);
      return;
    }
    segments.removeLast();
    segments.add(new Segment(part.grain(), new TimeRange(last.range().from(), part.range().to())));
  }

  /// Since when rollups by the minute are whole. An hour less than they are kept, so that the
  /// minutes of an hour that begins before are there too.
  public static Instant oldestMinute(Duration minutesKept, Instant now) {
    return now.minus(minutesKept).plus(1, ChronoUnit.HOURS);
  }

  /// The part of it that is read from rollups of one grain.
  RangeCover of(Grain grain) {
    return with(segments.stream().filter(segment -> segment.grain() == grain).toList(), List.of());
  }

  /// The part of it that is not read from rollups of that grain.
  RangeCover without(Grain grain) {
    return with(segments.stream().filter(segment -> segment.grain() != grain).toList(), detail);
  }

  private RangeCover with(List<Segment> segments, List<TimeRange> detail) {
    return new RangeCover(range, segments, detail);
  }

  /// Whether there is nothing to be read.
  boolean isEmpty() {
    return segments.isEmpty() && detail.isEmpty();
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
