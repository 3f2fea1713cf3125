package io.tidemark.insight.retention;

import io.tidemark.insight.Places;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import io.tidemark.insight.select.SqlPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts cohorts and who of them came back. Thread-safe.
final class RetentionReader {

  /// People of a cohort, or of them who came back.
  ///
  /// @param cohort its interval, from 1
  /// @param after intervals later; [#ALL] for everyone in it
  record Cell(int cohort, int after, long people) {}

  /// Everyone in the cohort.
  static final int ALL = -1;

  /// For the first time: not in any set before.
  private static final String NEW_PEOPLE =
      """
      people & ~coalesce(bit_or(people) OVER (PARTITION BY chunk ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                         0::bit(32768))
      """;

  private static final String SETS =
      """
      /* insight.retention */
      WITH begun AS (%s), returned AS (%s),
      cohort AS (SELECT place, chunk, %s AS people FROM begun)
      SELECT cohort.place, returned.place - cohort.place, sum(bit_count(cohort.people & returned.people))
        FROM cohort JOIN returned USING (chunk)
       WHERE cohort.place >= 1 AND returned.place >= cohort.place
       GROUP BY 1, 2
      UNION ALL
      SELECT place, -1, sum(bit_count(people)) FROM cohort WHERE place >= 1 GROUP BY place
      """;

  private static final String PEOPLE =
      """
      /* insight.retention */
      WITH begun AS (%s), returned AS (%s),
      cohort AS (SELECT %s AS place, user_key FROM begun GROUP BY %s)
      SELECT cohort.place, returned.place - cohort.place, count(*)
        FROM cohort JOIN returned USING (user_key)
       WHERE cohort.place >= 1 AND returned.place >= cohort.place
       GROUP BY 1, 2
      UNION ALL
      SELECT place, -1, count(*) FROM cohort WHERE place >= 1 GROUP BY place
      """;

  private final JdbcClient jdbc;

  RetentionReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// From rollups, but for what hours do not tell and minutes do not any more.
  ///
  /// @param places of whole minutes; `start` and `comeBack` are without filters
  /// @param minutesSince since when there are rollups by the minute
  List<Cell> readRollups(
      EventSelector start,
      EventSelector comeBack,
      CohortRule rule,
      Places places,
      Instant minutesSince) {
    boolean isFirst = rule == CohortRule.FIRST_TIME;
    return read(
        SETS,
        isFirst
            ? PeopleByInterval.setsSinceEver(start, places, minutesSince)
            : PeopleByInterval.sets(start, places, minutesSince),
        PeopleByInterval.sets(comeBack, places, minutesSince),
        isFirst ? NEW_PEOPLE : "people");
  }

  /// From detail.
  List<Cell> readDetail(
      EventSelector start, EventSelector comeBack, CohortRule rule, Places places) {
    boolean isFirst = rule == CohortRule.FIRST_TIME;
    return read(
        PEOPLE,
        isFirst
            ? PeopleByInterval.peopleSinceEver(start, places)
            : PeopleByInterval.people(start, places),
        PeopleByInterval.people(comeBack, places),
        isFirst ? "min(place)" : "place",
        isFirst ? "user_key" : "user_key, place");
  }

  private List<Cell> read(String sql, SqlPart begun, SqlPart returned, String... cohort) {
    List<Object> texts = new ArrayList<>(List.of(begun.sql(), returned.sql()));
    texts.addAll(List.of(cohort));
    List<Object> parameters = new ArrayList<>(begun.parameters());
    parameters.addAll(returned.parameters());
    return jdbc.sql(sql.formatted(texts.toArray()))
        .params(parameters)
        .query((row, number) -> new Cell(row.getInt(1), row.getInt(2), row.getLong(3)))
        .list();
  }
}
