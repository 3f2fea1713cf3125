package io.tidemark.insight.performance;

import io.tidemark.insight.Course;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.SqlPart;
import io.tidemark.insight.walk.Piece;
import io.tidemark.insight.walk.PieceReader;
import io.tidemark.insight.walk.PieceStatement;
import io.tidemark.insight.walk.PieceTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads what people met and did. Thread-safe.
final class MeasureReader {

  /// People in parts, each read by itself: one who is in this part is in no other.
  ///
  /// @param number from 0
  /// @param count a power of two
  record Part(int number, int count) {}

  private static final String NAME = "insight.performance";

  private static final List<String> COLUMNS =
      List.of(
          "int8send(coalesce(user_key, 0) << %d | what)".formatted(MeasuredRows.BITS_OF_WHAT),
          "int8send(session)",
          "float8send(met)");

  private static final String IS_KNOWN =
      "(fact.user_key IS NOT NULL OR fact.session_id IS NOT NULL)";

  private static final String IS_IN_PART =
      " AND coalesce(fact.user_key, hashtextextended(fact.session_id, 0)) & CAST(? AS bigint) = ?";

  private static final String SESSION = "coalesce(hashtextextended(fact.session_id, 0), 0)";

  /// Of nobody, each session of a client is one by itself.
  private static final String SESSION_OF_NOBODY =
      "CASE WHEN fact.user_key IS NULL THEN hashtextextended(fact.session_id, 0) ELSE 0 END";

  private static final String MEASURES =
      """
      SELECT ts, user_key, (kind_id << %1$d | %2$s) AS what, %3$s AS session, fact.%4$s AS met, %5$s AS value
        FROM %6$s AS fact
       WHERE fact.%4$s IS NOT NULL AND %7$s AND %8$s\
      """;

  private static final String CONVERSIONS =
      """
      SELECT ts, user_key, %d AS what, %s AS session, CAST(0 AS double precision) AS met, CAST(NULL AS text) AS value
        FROM %s AS fact
       WHERE %s AND %s\
      """;

  private static final String VALUES_OF_EVENTS =
      """
      SELECT ts, user_key, %d, %s, 0, value
        FROM (SELECT ts, user_key, session_id, %s AS value FROM user_event_detail) AS fact
       WHERE value IS NOT NULL AND %s\
      """;

  private static final String OF_METRIC =
      "fact.kind_id IN (SELECT kind_id FROM fact_kind WHERE fact = 'performance_metric' AND name = ?)";

  private final PieceReader pieces;

  MeasureReader(JdbcTemplate jdbc) {
    this.pieces = new PieceReader(jdbc);
  }

  /// @param walk told of one piece after the other, in another thread
  void read(
      PerformanceQuestion question,
      TimeRange range,
      Part part,
      Course course,
      Consumer<Piece> walk) {
    Breakdown breakdown = question.breakdown();
    SqlPart conversions = conversions(question, part);
    List<SqlPart> tables = new ArrayList<>(List.of(measures(question, part), conversions));
    boolean hasValues = breakdown != null && !breakdown.ofPerson();
    if (breakdown != null && hasValues) {
      tables.add(values(breakdown, part));
    }
    PieceTexts texts = new PieceTexts("value", "what & %d <> 0".formatted(MeasuredRows.HAS_VALUE));
    pieces.read(
        range, new PieceStatement(NAME, COLUMNS, hasValues ? texts : null, tables), course, walk);
    TimeRange later = new TimeRange(range.to(), range.to().plus(question.convertsWithin()));
    pieces.read(later, new PieceStatement(NAME, COLUMNS, null, List.of(conversions)), course, walk);
  }

  private static SqlPart measures(PerformanceQuestion question, Part part) {
    String metric = question.metric();
    Breakdown breakdown = question.breakdown();
    List<Object> parameters = new ArrayList<>();
    String what = Integer.toString(MeasuredRows.MEASURE);
    SqlPart value = SqlPart.of("CAST(NULL AS text)");
    if (breakdown != null && breakdown.property() != null) {
      value = breakdown.value("fact");
      what =
          "CASE WHEN %s IS NULL THEN %d ELSE %d END"
              .formatted(
                  value.sql(), MeasuredRows.MEASURE, MeasuredRows.MEASURE | MeasuredRows.HAS_VALUE);
      parameters.addAll(value.parameters());
    }
    parameters.addAll(value.parameters());
    if (metric != null) {
      parameters.add(metric);
    }
    return of(
        part,
        MEASURES.formatted(
            MeasuredRows.BITS_BELOW_KIND,
            what,
            SESSION,
            metric == null ? "response_time_ms" : "value",
            value.sql(),
            metric == null ? "api_response_time_detail" : "performance_metric_detail",
            IS_KNOWN,
            metric == null ? "TRUE" : OF_METRIC),
        parameters);
  }

  private static SqlPart conversions(PerformanceQuestion question, Part part) {
    SqlPart condition = question.conversion().condition("fact");
    return of(
        part,
        CONVERSIONS.formatted(
            MeasuredRows.CONVERSION,
            SESSION_OF_NOBODY,
            question.conversion().table().detail(),
            IS_KNOWN,
            condition.sql()),
        condition.parameters());
  }

  private static SqlPart values(Breakdown breakdown, Part part) {
    SqlPart value = breakdown.value("user_event_detail");
    return of(
        part,
        VALUES_OF_EVENTS.formatted(
            MeasuredRows.HAS_VALUE, SESSION_OF_NOBODY, value.sql(), IS_KNOWN),
        value.parameters());
  }

  private static SqlPart of(Part part, String sql, List<Object> parameters) {
    if (part.count() == 1) {
      return new SqlPart(sql, parameters);
    }
    List<Object> all = new ArrayList<>(parameters);
    all.add((long) part.count() - 1);
    all.add((long) part.number());
    return new SqlPart(sql + IS_IN_PART, all);
  }
}
