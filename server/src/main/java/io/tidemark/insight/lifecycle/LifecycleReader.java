package io.tidemark.insight.lifecycle;

import io.tidemark.insight.Intervals;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import io.tidemark.insight.select.SqlPart;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts people by what they did before. Thread-safe.
///
/// Place 1 is the interval before those that were asked for, place 0 everything before that.
final class LifecycleReader {

  /// @param place interval, from 1
  record Counts(int place, long newPeople, long returning, long resurrecting, long dormant) {}

  /// Every chunk in every interval, so that who is gone is seen where nobody is left.
  private static final String SETS =
      """
      /* insight.lifecycle */
      WITH active AS (%s),
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
      WITH active AS (%s),
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

  private final JdbcClient jdbc;

  LifecycleReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// From rollups; no row for intervals in which nobody is anything.
  ///
  /// @param activity without filters
  /// @param intervals of whole hours, and the one before them
  List<Counts> readRollups(EventSelector activity, Intervals intervals) {
    return read(SETS, PeopleByInterval.setsSinceEver(activity, intervals), intervals);
  }

  /// From detail; no row for intervals in which nobody is anything.
  ///
  /// @param intervals with the one before them
  List<Counts> readDetail(EventSelector activity, Intervals intervals) {
    return read(PEOPLE, PeopleByInterval.peopleSinceEver(activity, intervals), intervals);
  }

  private List<Counts> read(String sql, SqlPart active, Intervals intervals) {
    List<Object> parameters = new ArrayList<>(active.parameters());
    parameters.add(intervals.count());
    return jdbc.sql(sql.formatted(active.sql()))
        .params(parameters)
        .query((row, number) ->
            new Counts(
                row.getInt(1) - 1, row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
        .list();
  }
}
