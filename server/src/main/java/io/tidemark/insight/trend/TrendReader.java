package io.tidemark.insight.trend;

import static io.tidemark.insight.trend.SeriesCounts.ASKED;
import static io.tidemark.insight.trend.SeriesCounts.EARLIER;

import io.tidemark.insight.Intervals;
import io.tidemark.insight.RangeCover;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import io.tidemark.insight.select.SqlPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts events and people by interval. Thread-safe.
///
/// Intervals up to `earlier` are the period before the one that was asked for; each period is
/// counted as a whole too, since people of several intervals are the same people.
final class TrendReader {

  private static final String EVENTS =
      """
      /* insight.trend */
      SELECT %s AS place, sum(%s)
        FROM %s JOIN %s USING (grain)
       WHERE bucket >= starts_at AND bucket < ends_at %s
       GROUP BY 1
      """;

  private static final String PEOPLE =
      """
      /* insight.trend */
      WITH people AS (%s)
      SELECT place, sum(bit_count(people)) FROM people GROUP BY place
      UNION ALL
      SELECT period, sum(bit_count(people))
        FROM (SELECT CASE WHEN place > ? THEN %d ELSE %d END AS period, chunk, bit_or(people) AS people FROM people GROUP BY 1, 2) AS period
       GROUP BY period
      """;

  /// Rows are one for each person first: so distinct people need no sorting.
  private static final String DETAIL =
      """
      /* insight.trend */
      WITH person AS (
        SELECT %s AS place, %s AS rank, fact.user_key, count(*) AS events
          FROM %s AS fact %s
         WHERE fact.ts >= ? AND fact.ts < ? AND %s
         GROUP BY 1, 2, 3
      )
      SELECT place, rank, sum(events), coalesce(sum(events) FILTER (WHERE user_key IS NOT NULL), 0), count(user_key)
        FROM person
       GROUP BY place, rank
      UNION ALL
      SELECT period, rank, sum(events), coalesce(sum(events) FILTER (WHERE user_key IS NOT NULL), 0), count(user_key)
        FROM (SELECT CASE WHEN place > ? THEN %d ELSE %d END AS period, rank, user_key, sum(events) AS events FROM person GROUP BY 1, 2, 3) AS period
       GROUP BY period, rank
      """;

  private static final String VALUES =
      """
      /* insight.trend */
      SELECT value
        FROM (SELECT %s AS value FROM %s AS fact %s WHERE fact.ts >= ? AND fact.ts < ? AND %s) AS fact
       GROUP BY value
       ORDER BY count(*) DESC, value COLLATE "C" NULLS LAST
       LIMIT ?
      """;

  private final JdbcClient jdbc;

  TrendReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// From rollups.
  ///
  /// @param events without filters
  /// @param intervals of whole hours
  SeriesCounts readRollups(
      EventSelector events, TrendMeasure measure, Intervals intervals, int earlier) {
    return measure == TrendMeasure.PEOPLE
        ? readPeople(events, intervals, earlier)
        : readEvents(events, intervals, earlier);
  }

  private SeriesCounts readEvents(EventSelector events, Intervals intervals, int earlier) {
    boolean isStep = events.table() == DetailTable.CONVERSION_FUNNEL;
    String name = events.name();
    List<Object> parameters = new ArrayList<>();
    parameters.add(intervals.parameter());
    parameters.addAll(intervals.cover().parameters());
    if (name != null) {
      parameters.add(name);
    }
    SeriesCounts counts = new SeriesCounts();
    jdbc.sql(
            EVENTS.formatted(
                Intervals.placeOf("bucket"),
                isStep ? "completions" : "events",
                RangeCover.SEGMENTS,
                isStep ? "funnel_rollup" : "event_rollup",
                name == null ? "" : isStep ? "AND step = ?" : "AND event_type = ?"))
        .params(parameters)
        .query(row -> {
          int place = row.getInt(1);
          counts.addEvents(0, place, row.getLong(2), 0);
          counts.addEvents(0, place > earlier ? ASKED : EARLIER, row.getLong(2), 0);
        });
    return counts;
  }

  private SeriesCounts readPeople(EventSelector events, Intervals intervals, int earlier) {
    SqlPart sets = PeopleByInterval.sets(events, intervals);
    List<Object> parameters = new ArrayList<>(sets.parameters());
    parameters.add(earlier);
    SeriesCounts counts = new SeriesCounts();
    jdbc.sql(PEOPLE.formatted(sets.sql(), ASKED, EARLIER))
        .params(parameters)
        .query(row -> {
          counts.setPeople(0, row.getInt(1), row.getLong(2));
        });
    return counts;
  }

  /// From detail.
  ///
  /// @param values those of the breakdown that are shown, by rank; empty without one
  SeriesCounts readDetail(
      EventSelector events,
      Intervals intervals,
      int earlier,
      @Nullable Breakdown breakdown,
      List<@Nullable String> values) {
    SqlPart value = value(breakdown);
    SqlPart condition = events.condition("fact");
    List<Object> parameters = new ArrayList<>();
    parameters.add(intervals.parameter());
    if (breakdown != null) {
      parameters.add(values.toArray(String[]::new));
    }
    parameters.addAll(value.parameters());
    parameters.add(intervals.range().fromUtc());
    parameters.add(intervals.range().toUtc());
    parameters.addAll(condition.parameters());
    parameters.add(earlier);
    SeriesCounts counts = new SeriesCounts();
    jdbc.sql(
            DETAIL.formatted(
                Intervals.placeOf("fact.ts"),
                breakdown == null ? "0" : rank(breakdown, value),
                events.table().detail(),
                people(breakdown, value),
                condition.sql(),
                ASKED,
                EARLIER))
        .params(parameters)
        .query(row -> {
          counts.addEvents(row.getInt(2), row.getInt(1), row.getLong(3), row.getLong(4));
          counts.setPeople(row.getInt(2), row.getInt(1), row.getLong(5));
        });
    return counts;
  }

  /// The values with the most events, most first; null for events without a value.
  List<@Nullable String> readValues(EventSelector events, TimeRange range, Breakdown breakdown) {
    SqlPart value = value(breakdown);
    SqlPart condition = events.condition("fact");
    List<Object> parameters = new ArrayList<>(value.parameters());
    parameters.add(range.fromUtc());
    parameters.add(range.toUtc());
    parameters.addAll(condition.parameters());
    parameters.add(breakdown.shown());
    List<@Nullable String> values = new ArrayList<>();
    jdbc.sql(
            VALUES.formatted(
                breakdown.ofPerson() ? "known.value" : value.sql(),
                events.table().detail(),
                people(breakdown, value),
                condition.sql()))
        .params(parameters)
        .query(row -> {
          values.add(row.getString(1));
        });
    return values;
  }

  /// What is known of people is looked up once for each of them and joined.
  private static SqlPart value(@Nullable Breakdown breakdown) {
    if (breakdown == null) {
      return SqlPart.of("");
    }
    return breakdown.value(breakdown.ofPerson() ? "one" : "fact");
  }

  private static String rank(Breakdown breakdown, SqlPart value) {
    return "coalesce(array_position(CAST(? AS text[]), %s), 0)"
        .formatted(breakdown.ofPerson() ? "known.value" : value.sql());
  }

  private static String people(@Nullable Breakdown breakdown, SqlPart value) {
    return breakdown == null || !breakdown.ofPerson()
        ? ""
        : "LEFT JOIN (SELECT one.user_key, %s AS value FROM app_user AS one) AS known ON known.user_key = fact.user_key"
            .formatted(value.sql());
  }
}
