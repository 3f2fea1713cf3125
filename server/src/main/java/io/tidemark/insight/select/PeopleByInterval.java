package io.tidemark.insight.select;

import io.tidemark.insight.Intervals;
import io.tidemark.insight.RangeCover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Who did something in which interval, as a relation for a statement to read from. `place` is the
/// interval, from 1; 0 for everything before the first.
public final class PeopleByInterval {

  /// Older than anything that can be recorded.
  private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

  private static final String SETS =
      """
      SELECT %s AS place, chunk, bit_or(people) AS people
        FROM %s JOIN people_rollup USING (grain)
       WHERE bucket >= starts_at AND bucket < ends_at AND %s
       GROUP BY 1, 2
      """;

  private static final String PEOPLE =
      """
      SELECT %s AS place, fact.user_key
        FROM %s AS fact
       WHERE fact.ts >= CAST(? AS timestamptz) AND fact.ts < CAST(? AS timestamptz) AND fact.user_key IS NOT NULL AND %s
       GROUP BY 1, 2
      """;

  private PeopleByInterval() {}

  /// Whether rollups know: no filters, intervals of whole hours.
  public static boolean isRolledUp(EventSelector events, Intervals intervals) {
    return events.isUnfiltered() && intervals.areOfWholeHours();
  }

  /// From rollups: `place`, `chunk`, `people`, bit n of a chunk being user_key chunk * 32768 + n.
  /// No row where there is nobody.
  ///
  /// @param events without filters
  /// @param intervals of whole hours
  public static SqlPart sets(EventSelector events, Intervals intervals) {
    return sets(events, intervals, intervals.cover());
  }

  /// With everyone who did it before the first interval.
  public static SqlPart setsSinceEver(EventSelector events, Intervals intervals) {
    return sets(events, intervals, intervals.coverSince(EVER));
  }

  /// From detail: `place`, `user_key`, once each.
  public static SqlPart people(EventSelector events, Intervals intervals) {
    return people(events, intervals, intervals.range().from());
  }

  /// With everyone who did it before the first interval.
  public static SqlPart peopleSinceEver(EventSelector events, Intervals intervals) {
    return people(events, intervals, EVER);
  }

  private static SqlPart sets(EventSelector events, Intervals intervals, RangeCover cover) {
    String name = events.name();
    List<Object> parameters = new ArrayList<>();
    parameters.add(intervals.parameter());
    parameters.addAll(cover.parameters());
    parameters.add(events.table().fact());
    if (name != null) {
      parameters.add(name);
    }
    return new SqlPart(
        SETS.formatted(
            Intervals.placeOf("bucket"),
            RangeCover.SEGMENTS,
            name == null ? "fact = ?" : "fact = ? AND key = ?"),
        parameters);
  }

  private static SqlPart people(EventSelector events, Intervals intervals, Instant since) {
    SqlPart condition = events.condition("fact");
    List<Object> parameters = new ArrayList<>();
    parameters.add(intervals.parameter());
    parameters.add(since.toString());
    parameters.add(intervals.range().to().toString());
    parameters.addAll(condition.parameters());
    return new SqlPart(
        PEOPLE.formatted(Intervals.placeOf("fact.ts"), events.table().detail(), condition.sql()),
        parameters);
  }
}
