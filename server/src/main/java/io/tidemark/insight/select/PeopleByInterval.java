package io.tidemark.insight.select;

import io.tidemark.insight.Places;
import io.tidemark.insight.RangeCover;
import io.tidemark.rollup.DetailParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Who did something in which place of a range, as a relation for a statement to read from. `place`
/// is from 1; 0 for everything before the first.
public final class PeopleByInterval {

  /// Older than anything that can be recorded.
  private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

  private static final String SETS =
      """
      SELECT %s AS place, chunk, bit_or(people) AS people
        FROM (%s) AS kept
       GROUP BY 1, 2
      """;

  private static final String DETAIL_SETS =
      """
      UNION ALL
      SELECT at, chunk, people FROM (%s) AS part WHERE %s
      """;

  private static final String PEOPLE =
      """
      SELECT %s AS place, fact.user_key
        FROM %s AS fact
       WHERE fact.ts >= CAST(? AS timestamptz) AND fact.ts < CAST(? AS timestamptz) AND fact.user_key IS NOT NULL AND %s
       GROUP BY 1, 2
      """;

  private PeopleByInterval() {}

  /// Whether rollups know: no filters, places of whole minutes.
  public static boolean isRolledUp(EventSelector events, Places places) {
    return events.isUnfiltered() && places.areOfWholeMinutes();
  }

  /// From rollups: `place`, `chunk`, `people`, bit n of a chunk being user_key chunk * 32768 + n.
  /// No row where there is nobody. What hours do not tell and minutes do not any more comes from
  /// detail.
  ///
  /// @param events without filters
  /// @param places of whole minutes
  /// @param minutesSince since when there are rollups by the minute
  public static SqlPart sets(EventSelector events, Places places, Instant minutesSince) {
    return sets(events, places, RangeCover.of(places, minutesSince));
  }

  /// With everyone who did it before the first place.
  public static SqlPart setsSinceEver(EventSelector events, Places places, Instant minutesSince) {
    return sets(events, places, RangeCover.of(places.since(EVER), minutesSince));
  }

  /// From detail: `place`, `user_key`, once each.
  public static SqlPart people(EventSelector events, Places places) {
    return people(events, places, places.range().from());
  }

  /// With everyone who did it before the first place.
  public static SqlPart peopleSinceEver(EventSelector events, Places places) {
    return people(events, places, EVER);
  }

  private static SqlPart sets(EventSelector events, Places places, RangeCover cover) {
    String name = events.name();
    String fact = events.table().fact();
    List<Object> parameters = new ArrayList<>();
    parameters.add(places.parameter());
    parameters.addAll(cover.parameters());
    parameters.add(fact);
    if (name != null) {
      parameters.add(name);
    }
    String kept =
        "SELECT bucket AS at, chunk, people FROM %s %s"
            .formatted(
                RangeCover.SEGMENTS,
                RangeCover.rowsOf(
                    "people_rollup",
                    "bucket, chunk, people",
                    name == null ? "fact = ?" : "fact = ? AND key = ?"));
    if (!cover.detail().isEmpty()) {
      kept +=
          DETAIL_SETS.formatted(
              DetailParts.of("people_rollup", fact, RangeCover.DETAIL_SEGMENTS),
              name == null ? "true" : "key = ?");
      parameters.addAll(cover.detailParameters());
      if (name != null) {
        parameters.add(name);
      }
    }
    return new SqlPart(SETS.formatted(Places.placeOf("at"), kept), parameters);
  }

  private static SqlPart people(EventSelector events, Places places, Instant since) {
    SqlPart condition = events.condition("fact");
    List<Object> parameters = new ArrayList<>();
    parameters.add(places.parameter());
    parameters.add(since.toString());
    parameters.add(places.range().to().toString());
    parameters.addAll(condition.parameters());
    return new SqlPart(
        PEOPLE.formatted(Places.placeOf("fact.ts"), events.table().detail(), condition.sql()),
        parameters);
  }
}
