package io.tidemark.insight.funnel;

import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.SqlPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a funnel that lie in a piece of time: one row of arrays, that PostgreSQL's
/// workers fill side by side. Sorting is left to who walks them, and costs less there.
///
/// @param tables the rows of each; two question marks follow its parameters, for the ends of the
///   piece
record FunnelStatement(List<SqlPart> tables, boolean hasSessions, boolean hasValues) {

  private static final String ROW = "detail";

  /// How types of events and steps are numbered in detail.
  @FunctionalInterface
  interface Kinds {

    /// The numbers of those that were ever recorded.
    Map<String, Integer> read(DetailTable table, List<String> names);
  }

  static FunnelStatement of(Funnel funnel, Kinds kinds) {
    List<SqlPart> tables = new ArrayList<>();
    for (DetailTable table : DetailTable.values()) {
      TreeMap<Integer, EventSelector> selectors = selectors(funnel, table);
      if (!selectors.isEmpty() || funnel.unit() == FunnelUnit.SESSION) {
        tables.add(rows(funnel, table, selectors, kinds));
      }
    }
    return new FunnelStatement(
        tables, funnel.unit() == FunnelUnit.SESSION, funnel.breakdown() != null);
  }

  /// @param from first instant of the piece
  /// @param to first instant after it
  SqlPart piece(Object from, Object to) {
    List<Object> parameters = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (SqlPart table : tables) {
      parameters.addAll(table.parameters());
      parameters.add(from);
      parameters.add(to);
      rows.add(table.sql());
    }
    return new SqlPart(
        """
        /* insight.funnel */
        SELECT array_send(array_agg(ts)), array_send(array_agg(user_key)), array_send(array_agg(bits))%s%s
          FROM (%s) AS row
        """
            .formatted(
                hasSessions ? ", array_send(array_agg(session))" : "",
                hasValues ? ", array_agg(value) FILTER (WHERE bits & 1 = 1)" : "",
                String.join(" UNION ALL ", rows)),
        parameters);
  }

  /// The steps and exclusions that rows of the table can be, by their bit.
  private static TreeMap<Integer, EventSelector> selectors(Funnel funnel, DetailTable table) {
    TreeMap<Integer, EventSelector> selectors = new TreeMap<>();
    for (int step = 0; step < funnel.steps().size(); step++) {
      selectors.put(step, funnel.steps().get(step));
    }
    for (int i = 0; i < funnel.exclusions().size(); i++) {
      selectors.put(FunnelRules.MOST_STEPS + i, funnel.exclusions().get(i).events());
    }
    selectors.values().removeIf(selector -> selector.table() != table);
    return selectors;
  }

  private static SqlPart rows(
      Funnel funnel, DetailTable table, TreeMap<Integer, EventSelector> selectors, Kinds kinds) {
    boolean isOfSteps = funnel.steps().stream().anyMatch(step -> step.table() == table);
    List<Object> parameters = new ArrayList<>();
    StringBuilder sql = new StringBuilder("SELECT ts, user_key, ");
    KindBits plain = KindBits.of(table, selectors, kinds);
    int otherwise = isOfSteps ? 0 : FunnelRules.ASIDE;
    SqlPart bits = plain == null ? bits(selectors, otherwise) : plain.bits(otherwise);
    sql.append(bits.sql()).append(" AS bits");
    parameters.addAll(bits.parameters());
    boolean isBySession = funnel.unit() == FunnelUnit.SESSION;
    if (isBySession) {
      sql.append(", hashtextextended(session_id, 0) AS session");
    }
    if (funnel.breakdown() != null) {
      SqlPart value = value(funnel, table);
      sql.append(", ").append(value.sql()).append(" AS value");
      parameters.addAll(value.parameters());
    }
    SqlPart meant = meant(selectors.values(), plain, isBySession);
    boolean takesAll = funnel.isStrict() && isOfSteps;
    sql.append(" FROM ")
        .append(table.detail())
        .append(" AS detail WHERE (")
        .append(takesAll ? "TRUE" : meant.sql())
        .append(") AND (user_key IS NOT NULL")
        .append(isBySession ? " OR session_id IS NOT NULL" : "")
        .append(") AND ts >= ? AND ts < ?");
    if (!takesAll) {
      parameters.addAll(meant.parameters());
    }
    return new SqlPart(sql.toString(), parameters);
  }

  private static SqlPart bits(TreeMap<Integer, EventSelector> selectors, int otherwise) {
    StringBuilder sql = new StringBuilder("(" + otherwise);
    List<Object> parameters = new ArrayList<>();
    selectors.forEach((bit, selector) -> {
      SqlPart condition = selector.condition(ROW);
      sql.append(" | CASE WHEN %s THEN %d ELSE 0 END".formatted(condition.sql(), 1 << bit));
      parameters.addAll(condition.parameters());
    });
    return new SqlPart(sql.append(")").toString(), parameters);
  }

  private static SqlPart value(Funnel funnel, DetailTable table) {
    EventSelector first = funnel.steps().getFirst();
    if (funnel.breakdown() == null || first.table() != table) {
      return SqlPart.of("CAST(NULL AS text)");
    }
    SqlPart condition = first.condition(ROW);
    SqlPart value = funnel.breakdown().value(ROW);
    List<Object> parameters = new ArrayList<>(condition.parameters());
    parameters.addAll(value.parameters());
    return new SqlPart(
        "CASE WHEN %s THEN %s END".formatted(condition.sql(), value.sql()), parameters);
  }

  /// Which rows are read; those without a session tell by their silence where sessions end.
  private static SqlPart meant(
      Collection<EventSelector> selectors, @Nullable KindBits plain, boolean isBySession) {
    List<SqlPart> parts = new ArrayList<>();
    if (isBySession) {
      parts.add(SqlPart.of("session_id IS NULL"));
    }
    if (plain == null) {
      selectors.forEach(selector -> parts.add(selector.condition(ROW)));
    } else {
      parts.add(plain.meant());
    }
    return SqlPart.any(parts);
  }
}
