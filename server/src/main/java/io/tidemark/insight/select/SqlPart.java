package io.tidemark.insight.select;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A condition or expression of SQL and the values for its question marks, in their order.
///
/// @param sql holds no value that a client sent
public record SqlPart(String sql, List<Object> parameters) {

  public static final SqlPart TRUE = of("TRUE");

  public SqlPart {
    parameters = List.copyOf(parameters);
  }

  public static SqlPart of(String sql, Object... parameters) {
    return new SqlPart(sql, List.of(parameters));
  }

  /// All of them hold; with none, true.
  public static SqlPart all(List<SqlPart> parts) {
    return parts.isEmpty() ? TRUE : joined(parts, " AND ");
  }

  /// One of them holds; with none, false.
  public static SqlPart any(List<SqlPart> parts) {
    return parts.isEmpty() ? of("FALSE") : joined(parts, " OR ");
  }

  private static SqlPart joined(List<SqlPart> parts, String by) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Object> parameters = new ArrayList<>();
    parts.forEach(part -> parameters.addAll(part.parameters()));
    return new SqlPart(
        parts.stream().map(SqlPart::sql).collect(Collectors.joining(by, "(", ")")), parameters);
  }
}
