package io.tidemark.insight.lifecycle;

import io.tidemark.insight.Intervals;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import io.tidemark.insight.select.SqlPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts people by what they did before. Thread-safe.
///
/// Place 1 is the whole interval before those that were asked for, place 0 everything else before
/// them: what is before place 1, and what lies between it and the range.
final class LifecycleReader {

  /// @param place interval, from 1
  record Counts(int place, long newPeople, long returning, long resurrecting, long dormant) {}

  /// Every chunk in every interval, so that who is gone is seen where nobody is left.
  private static final String SETS =
      """
      /* insight.lifecycle */
      WITH active AS (
        SELECT %s AS place, chunk, bit_or(people) AS people FROM (%s) AS one GROUP BY 1, 2
      ),
      dense AS (
        SELECT place, chunk, coalesce(people, 0::bit(32768)) AS people
          FROM generate_series(0, ?) AS place CROSS JOIN (SELECT DISTINCT chunk FROM active) AS known
               LEFT JOIN active USING (place, chunk)
      ),
      past AS (
        SELECT place, people, lag(people) OVER earlier AS before,
               bit_or(people) OVER (PARTITION BY chunk ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ever
          FROM dense
        WINDOW earlier AS (PARTITION BY chunk ORDER BY place)
      )
      SELECT place, sum(bit_count(people & ~ever)), sum(bit_count(people & before)), sum(bit_count(people & ever & ~before)),
             sum(bit_count(before & ~people))
        FROM past
       WHERE place >= 2
       GROUP BY place
      """;

  private static final String PEOPLE =
      """
      /* insight.lifecycle */
      WITH active AS (
        SELECT DISTINCT %s AS place, user_key FROM (%s) AS one
      ),
      seen AS (
        SELECT place, lag(place) OVER mine AS before, lead(place) OVER mine AS after
          FROM active
        WINDOW mine AS (PARTITION BY user_key ORDER BY place)
      )
      SELECT place, sum(is_new), sum(is_returning), sum(is_resurrecting), sum(is_dormant)
        FROM (SELECT place, (before IS NULL)::int AS is_new, (before = place - 1)::int AS is_returning,
                     (before < place - 1)::int AS is_resurrecting, 0 AS is_dormant
                FROM seen
              UNION ALL
              SELECT place + 1, 0, 0, 0, 1 FROM seen WHERE place >= 1 AND after IS DISTINCT FROM place + 1) AS one
       WHERE place BETWEEN 2 AND ?
       GROUP BY place
      """;

  /// Of [Intervals#placesAfterPrevious].
  private static final String PLACE =
      "CASE place WHEN 1 THEN 1 WHEN 2 THEN 0 ELSE greatest(place - 1, 0) END";

  private final JdbcClient jdbc;

  LifecycleReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// From rollups, but for what hours do not tell and minutes do not any more; no row for intervals
  /// in which nobody is anything.
  ///
  /// @param activity without filters
  /// @param intervals of whole minutes
  /// @param minutesSince since when there are rollups by the minute
  List<Counts> readRollups(EventSelector activity, Intervals intervals, Instant minutesSince) {
    SqlPart sets =
        PeopleByInterval.setsSinceEver(activity, intervals.placesAfterPrevious(), minutesSince);
    return read(SETS, sets, intervals);
  }

  /// From detail; no row for intervals in which nobody is anything.
  List<Counts> readDetail(EventSelector activity, Intervals intervals) {
    return read(
        PEOPLE,
        PeopleByInterval.peopleSinceEver(activity, intervals.placesAfterPrevious()),
        intervals);
  }

  private List<Counts> read(String sql, SqlPart active, Intervals intervals) {
    List<Object> parameters = new ArrayList<>(active.parameters());
    parameters.add(intervals.count() + 1);
    return jdbc.sql(sql.formatted(PLACE, active.sql()))
        .params(parameters)
        .query((row, number) ->
            new Counts(
                row.getInt(1) - 1, row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
        .list();
  }
}
