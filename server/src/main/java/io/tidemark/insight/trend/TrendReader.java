package io.tidemark.insight.trend;

import static io.tidemark.insight.trend.SeriesCounts.ALL;

import io.tidemark.insight.Places;
import io.tidemark.insight.RangeCover;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.PeopleByInterval;
import io.tidemark.insight.select.SqlPart;
import io.tidemark.rollup.DetailParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts events and people by interval. Thread-safe.
///
/// All intervals are counted together too, since people of several intervals are the same people.
final class TrendReader {

  private static final String EVENTS =
      """
      /* insight.trend */
      SELECT %s AS place, sum(%s)
        FROM %s %s
       GROUP BY 1
      """;

  private static final String PEOPLE =
      """
      /* insight.trend */
      WITH people AS (%s)
      SELECT place, sum(bit_count(people)) FROM people GROUP BY place
      UNION ALL
      SELECT %d, coalesce(sum(bit_count(people)), 0)
        FROM (SELECT bit_or(people) AS people FROM people GROUP BY chunk) AS whole
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
      SELECT %d, rank, sum(events), coalesce(sum(events) FILTER (WHERE user_key IS NOT NULL), 0), count(user_key)
        FROM (SELECT rank, user_key, sum(events) AS events FROM person GROUP BY 1, 2) AS whole
       GROUP BY rank
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

  /// From rollups, but for what hours do not tell and minutes do not any more.
  ///
  /// @param events without filters
  /// @param places of whole minutes
  /// @param minutesSince since when there are rollups by the minute
  SeriesCounts readRollups(
      EventSelector events, TrendMeasure measure, Places places, Instant minutesSince) {
    return measure == TrendMeasure.PEOPLE
        ? readPeople(events, places, minutesSince)
        : readEvents(events, places, RangeCover.of(places, minutesSince));
  }

  private SeriesCounts readEvents(EventSelector events, Places places, RangeCover cover) {
    boolean isStep = events.table() == DetailTable.CONVERSION_FUNNEL;
    String rollup = isStep ? "funnel_rollup" : "event_rollup";
    String count = isStep ? "completions" : "events";
    String meant = events.name() == null ? "true" : isStep ? "step = ?" : "event_type = ?";
    SeriesCounts counts = new SeriesCounts();
    String kept =
        EVENTS.formatted(
            Places.placeOf("bucket"),
            count,
            RangeCover.SEGMENTS,
            RangeCover.rowsOf(rollup, "bucket, " + count, meant));
    addEvents(kept, events, places, cover.parameters(), counts);
    if (!cover.detail().isEmpty()) {
      String parts = DetailParts.of(rollup, events.table().fact(), RangeCover.DETAIL_SEGMENTS);
      String detail =
          EVENTS.formatted(
              Places.placeOf("at"), count, "(%s) AS part".formatted(parts), "WHERE " + meant);
      addEvents(detail, events, places, cover.detailParameters(), counts);
    }
    return counts;
  }

  private void addEvents(
      String sql, EventSelector events, Places places, List<String> segments, SeriesCounts counts) {
    String name = events.name();
    List<Object> parameters = new ArrayList<>();
    parameters.add(places.parameter());
    parameters.addAll(segments);
    if (name != null) {
      parameters.add(name);
    }
    jdbc.sql(sql)
        .params(parameters)
        .query(row -> {
          counts.addEvents(0, row.getInt(1), row.getLong(2), 0);
          counts.addEvents(0, ALL, row.getLong(2), 0);
        });
  }

  private SeriesCounts readPeople(EventSelector events, Places places, Instant minutesSince) {
    SqlPart sets = PeopleByInterval.sets(events, places, minutesSince);
    SeriesCounts counts = new SeriesCounts();
    jdbc.sql(PEOPLE.formatted(sets.sql(), ALL))
        .params(sets.parameters())
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
      Places places,
      @Nullable Breakdown breakdown,
      List<@Nullable String> values) {
    SqlPart value = value(breakdown);
    SqlPart condition = events.condition("fact");
    List<Object> parameters = new ArrayList<>();
    parameters.add(places.parameter());
    if (breakdown != null) {
      parameters.add(values.toArray(String[]::new));
    }
    parameters.addAll(value.parameters());
    parameters.add(places.range().fromUtc());
    parameters.add(places.range().toUtc());
    parameters.addAll(condition.parameters());
    SeriesCounts counts = new SeriesCounts();
    jdbc.sql(
            DETAIL.formatted(
                Places.placeOf("fact.ts"),
                breakdown == null ? "0" : rank(breakdown, value),
                events.table().detail(),
                people(breakdown, value),
                condition.sql(),
                ALL))
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
