package io.tidemark.insight.walk;

import io.tidemark.insight.select.SqlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a piece of time as one row of columns. Values are put one after the other as
/// they would be sent, which each of PostgreSQL's workers does for what it reads (PostgreSQL 16 and
/// later), and no order is asked for: so nothing is sorted, and nothing is paid for each row on the
/// way.
///
/// @param name of the statement
/// @param columns beside `ts`, of eight bytes each, such as `int8send(user_key)`; never null
/// @param texts null for none
/// @param tables what rows are read from; a row has what the columns want, conditions end before
///   `AND ts >= ? AND ts < ?`
public record PieceStatement(
    String name, List<String> columns, @Nullable PieceTexts texts, List<SqlPart> tables) {

  public PieceStatement {
    columns = List.copyOf(columns);
    tables = List.copyOf(tables);
  }

  /// @param from first instant of the piece
  /// @param to first instant after it
  /// @param mostRows if there are more, they are not handed over
  /// @return a statement whose row is the number of rows, then the columns, `ts` first, then the
  ///   texts
  SqlPart piece(Object from, Object to, int mostRows) {
    SqlPart rows = rows(from, to);
    List<String> aggregates = new ArrayList<>();
    aggregates.add("string_agg(timestamptz_send(ts), '')");
    columns.forEach(column -> aggregates.add("string_agg(%s, '')".formatted(column)));
    if (texts != null) {
      aggregates.add(texts.aggregate());
    }
    String list =
        aggregates.stream()
            .map(each -> ", CASE WHEN count(*) <= %d THEN %s END".formatted(mostRows, each))
            .collect(Collectors.joining());
    return new SqlPart(
        "/* %s */ SELECT count(*)%s FROM (%s) AS row".formatted(name, list, rows.sql()),
        rows.parameters());
  }

  /// Each long text of the same rows, once.
  SqlPart longTexts(Object from, Object to) {
    PieceTexts of = Objects.requireNonNull(texts);
    SqlPart rows = rows(from, to);
    return new SqlPart(
        "/* %s */ SELECT DISTINCT %s FROM (%s) AS row WHERE %s"
            .formatted(name, of.column(), rows.sql(), of.isLong()),
        rows.parameters());
  }

  private SqlPart rows(Object from, Object to) {
    List<Object> parameters = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (SqlPart table : tables) {
      parameters.addAll(table.parameters());
      parameters.add(from);
      parameters.add(to);
      rows.add(table.sql() + " AND ts >= ? AND ts < ?");
    }
    return new SqlPart(String.join(" UNION ALL ", rows), parameters);
  }
}
