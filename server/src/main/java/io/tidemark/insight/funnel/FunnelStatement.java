package io.tidemark.insight.funnel;

import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.SqlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// Reads the rows of a funnel that lie in a piece of time: one row of arrays, that PostgreSQL's
/// workers fill side by side. Sorting is left to who walks them, and costs less there.
///
/// @param tables the rows of each; two question marks follow its parameters, for the ends of the
///   piece
record FunnelStatement(List<SqlPart> tables, boolean hasSessions, boolean hasValues) {

  private static final String ROW = "detail";

  static FunnelStatement of(Funnel funnel) {
    List<SqlPart> tables = new ArrayList<>();
    for (DetailTable table : DetailTable.values()) {
      TreeMap<Integer, EventSelector> selectors = selectors(funnel, table);
      if (!selectors.isEmpty() || funnel.unit() == FunnelUnit.SESSION) {
        tables.add(rows(funnel, table, selectors));
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
      Funnel funnel, DetailTable table, TreeMap<Integer, EventSelector> selectors) {
    boolean isOfSteps = funnel.steps().stream().anyMatch(step -> step.table() == table);
    List<Object> parameters = new ArrayList<>();
    StringBuilder sql = new StringBuilder("SELECT ts, user_key, ");
    SqlPart bits = bits(selectors, isOfSteps ? 0 : FunnelRules.ASIDE);
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
    SqlPart meant = meant(selectors.values().stream().toList(), isBySession);
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

  /// Which rows are read. Where all selectors name a type and none has a filter, one comparison
  /// does; rows without a session tell by their silence where sessions end.
  private static SqlPart meant(List<EventSelector> selectors, boolean isBySession) {
    List<SqlPart> parts = new ArrayList<>();
    if (isBySession) {
      parts.add(SqlPart.of("session_id IS NULL"));
    }
    boolean isPlain =
        selectors.stream().allMatch(each -> each.name() != null && each.where().isEmpty());
    if (isPlain && !selectors.isEmpty()) {
      String[] names =
          selectors.stream()
              .map(EventSelector::name)
              .filter(Objects::nonNull)
              .distinct()
              .toArray(String[]::new);
      parts.add(
          SqlPart.of(
              "kind_id = ANY (ARRAY(SELECT kind_id FROM fact_kind WHERE fact = '%s' AND name = ANY (CAST(? AS text[]))))"
                  .formatted(selectors.getFirst().table().fact()),
              (Object) names));
    } else {
      selectors.forEach(selector -> parts.add(selector.condition(ROW)));
    }
    return SqlPart.any(parts);
  }
}
