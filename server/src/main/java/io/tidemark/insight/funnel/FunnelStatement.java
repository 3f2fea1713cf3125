package io.tidemark.insight.funnel;

import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.DetailTable;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.select.SqlPart;
import io.tidemark.insight.walk.Piece;
import io.tidemark.insight.walk.PieceStatement;
import io.tidemark.insight.walk.PieceTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a funnel: when, whose and what, the client's session if sessions are the unit,
/// and the values of the breakdown where they are known of events.
///
/// @param kinds what rows are of which only the kind is handed over
record FunnelStatement(PieceStatement rows, KindBits kinds, boolean hasSessions) {

  private static final String ROW = "detail";
  private static final String SESSION = "int8send(session)";
  private static final PieceTexts VALUES = new PieceTexts("value", "is_first");

  /// How types of events and steps are numbered in detail.
  @FunctionalInterface
  interface Kinds {

    /// The numbers of those that were ever recorded.
    Map<String, Integer> read(DetailTable table, List<String> names);
  }

  /// @param readsAllOfSessions whether rows are read too that only tell where clients' sessions are
  ///   silent; rows without a session always are
  static FunnelStatement of(Funnel funnel, boolean readsAllOfSessions, Kinds kinds) {
    boolean hasSessions = funnel.unit() == FunnelUnit.SESSION;
    List<SqlPart> tables = new ArrayList<>();
    List<KindBits> plain = new ArrayList<>();
    for (DetailTable table : DetailTable.values()) {
      TableRows rows = TableRows.of(funnel, table, kinds);
      if (!rows.selectors().isEmpty() || hasSessions) {
        tables.add(rows.sql(funnel, readsAllOfSessions));
        if (rows.plain() != null) {
          plain.add(rows.plain());
        }
      }
    }
    List<String> columns = new ArrayList<>();
    columns.add("int8send(coalesce(user_key, 0) << %d | what)".formatted(FunnelRows.BITS_OF_WHAT));
    if (hasSessions) {
      columns.add(SESSION);
    }
    return new FunnelStatement(
        new PieceStatement(
            "insight.funnel", columns, funnel.valuesOfEvents() == null ? null : VALUES, tables),
        KindBits.of(plain),
        hasSessions);
  }

  FunnelRows rows(Piece piece) {
    return new FunnelRows(piece, kinds, hasSessions);
  }

  /// Rows of a table.
  ///
  /// @param selectors the steps and exclusions that they can be, by bit
  /// @param plain if their kind alone says what they are
  /// @param otherwise what rows are that are none of these
  private record TableRows(
      DetailTable table,
      TreeMap<Integer, EventSelector> selectors,
      @Nullable KindBits plain,
      int otherwise) {

    static TableRows of(Funnel funnel, DetailTable table, Kinds kinds) {
      TreeMap<Integer, EventSelector> selectors = new TreeMap<>();
      for (int step = 0; step < funnel.steps().size(); step++) {
        selectors.put(step, funnel.steps().get(step));
      }
      for (int i = 0; i < funnel.exclusions().size(); i++) {
        selectors.put(FunnelRules.MOST_STEPS + i, funnel.exclusions().get(i).events());
      }
      selectors.values().removeIf(selector -> selector.table() != table);
      int otherwise = hasSteps(funnel, table) ? 0 : FunnelRules.ASIDE;
      boolean isPlain =
          selectors.values().stream()
              .allMatch(selector -> selector.name() != null && selector.isUnfiltered());
      KindBits plain = null;
      if (isPlain) {
        List<String> names =
            selectors.values().stream().map(EventSelector::name).filter(Objects::nonNull).toList();
        plain = KindBits.of(selectors, kinds.read(table, names), otherwise);
      }
      return new TableRows(table, selectors, plain, otherwise);
    }

    private static boolean hasSteps(Funnel funnel, DetailTable table) {
      return funnel.steps().stream().anyMatch(step -> step.table() == table);
    }

    SqlPart sql(Funnel funnel, boolean readsAllOfSessions) {
      boolean isBySession = funnel.unit() == FunnelUnit.SESSION;
      List<Object> parameters = new ArrayList<>();
      StringBuilder sql = new StringBuilder("SELECT ts, user_key, ");
      SqlPart what = plain == null ? bits() : kind(plain);
      sql.append(what.sql()).append(" AS what");
      parameters.addAll(what.parameters());
      if (isBySession) {
        sql.append(", coalesce(hashtextextended(session_id, 0), 0) AS session");
      }
      Breakdown breakdown = funnel.valuesOfEvents();
      if (breakdown != null) {
        SqlPart value = value(funnel.steps().getFirst(), breakdown);
        sql.append(", ").append(value.sql());
        parameters.addAll(value.parameters());
      }
      boolean takesAll =
          (funnel.isStrict() && otherwise == 0) || (isBySession && readsAllOfSessions);
      SqlPart meant = takesAll ? SqlPart.TRUE : meant(isBySession);
      sql.append(" FROM ")
          .append(table.detail())
          .append(" AS detail WHERE (")
          .append(meant.sql())
          .append(") AND (user_key IS NOT NULL")
          .append(isBySession ? " OR session_id IS NOT NULL" : "")
          .append(")");
      parameters.addAll(meant.parameters());
      return new SqlPart(sql.toString(), parameters);
    }

    private SqlPart kind(KindBits plain) {
      String kind = "(kind_id | %d)".formatted(FunnelRows.IS_KIND);
      if (otherwise == 0) {
        return SqlPart.of(kind);
      }
      SqlPart meant = plain.meant();
      return new SqlPart(
          "CASE WHEN %s THEN %s ELSE %d END".formatted(meant.sql(), kind, otherwise),
          meant.parameters());
    }

    private SqlPart bits() {
      StringBuilder sql = new StringBuilder("(" + otherwise);
      List<Object> parameters = new ArrayList<>();
      selectors.forEach((bit, selector) -> {
        SqlPart condition = selector.condition(ROW);
        sql.append(" | CASE WHEN %s THEN %d ELSE 0 END".formatted(condition.sql(), 1 << bit));
        parameters.addAll(condition.parameters());
      });
      return new SqlPart(sql.append(")").toString(), parameters);
    }

    /// Whether a row is a first step, and its value if it is.
    private SqlPart value(EventSelector first, Breakdown breakdown) {
      if (first.table() != table) {
        return SqlPart.of("FALSE AS is_first, CAST(NULL AS text) AS value");
      }
      SqlPart condition = first.condition(ROW);
      SqlPart value = breakdown.value(ROW);
      List<Object> parameters = new ArrayList<>(condition.parameters());
      parameters.addAll(condition.parameters());
      parameters.addAll(value.parameters());
      return new SqlPart(
          "(%1$s) IS TRUE AS is_first, CASE WHEN %1$s THEN %2$s END AS value"
              .formatted(condition.sql(), value.sql()),
          parameters);
    }

    /// Which rows are read; those without a session tell by their silence where sessions end.
    private SqlPart meant(boolean isBySession) {
      List<SqlPart> parts = new ArrayList<>();
      if (isBySession) {
        parts.add(SqlPart.of("session_id IS NULL"));
      }
      if (plain == null) {
        parts.addAll(selectors.values().stream().map(each -> each.condition(ROW)).toList());
      } else {
        parts.add(plain.meant());
      }
      return SqlPart.any(parts);
    }
  }
}
