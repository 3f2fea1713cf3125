package io.tidemark.rollup;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// How the columns of a rollup's table are compared. Pure.
///
/// @param columns of the table, at least one of them of its key
record ComparedColumns(List<Column> columns) {

  /// @param isKey whether it belongs to the primary key
  record Column(String name, String type, boolean isKey) {

    /// Sums of floating point depend on the order they are added up in: a part in a thousand
    /// million of what was added up is no difference.
    private String differs() {
      return switch (name) {
        case "total_ms" -> beyond("1e-9 * greatest(1e-30, expected.total_ms)");
        case "total" ->
            beyond(
                "1e-9 * expected.samples * least(1e30, greatest(1e-30, abs(expected.smallest), abs(expected.largest)))");
        default -> "kept.%1$s IS DISTINCT FROM expected.%1$s".formatted(name);
      };
    }

    private String beyond(String tolerance) {
      return "coalesce(abs(kept.%1$s - expected.%1$s) > %2$s, true)".formatted(name, tolerance);
    }

    private String told(String side) {
      String value =
          type.equals("bit") ? "bit_count(%s.%s) || ' people'" : "left(%s.%s::text, 200)";
      return value.formatted(side, name);
    }

    private String difference() {
      return "('%s', %s, %s, %s)".formatted(name, told("kept"), told("expected"), differs());
    }

    private String keyEntry() {
      return "'%1$s', coalesce(kept.%1$s, expected.%1$s)".formatted(name);
    }
  }

  private static final List<String> TIME = List.of("grain", "bucket");

  /// A row for each column of each row that differs: grain, bucket, key, column, kept, expected and
  /// how many there are in all.
  ///
  /// @param kept a query for the rollup's rows
  /// @param expected a query for what they should be
  String differences(String kept, String expected, int mostTold) {
    boolean isByTime = columns.stream().anyMatch(column -> column.name().equals("bucket"));
    return """
    SELECT /* rollup.verify */ %1$s, jsonb_build_object(%2$s)::text,
           difference.name, difference.kept, difference.expected, count(*) OVER ()
      FROM (SELECT *, true AS is_there FROM (%3$s) AS kept) AS kept
      FULL JOIN (SELECT *, true AS is_there FROM (%4$s) AS expected) AS expected ON %5$s
     CROSS JOIN LATERAL (
           SELECT name, told.kept, told.expected
             FROM (VALUES %6$s) AS told (name, kept, expected, differs)
            WHERE differs AND kept.is_there AND expected.is_there
           UNION ALL
           SELECT 'row', CASE WHEN kept.is_there THEN 'there' END, CASE WHEN expected.is_there THEN 'there' END
            WHERE kept.is_there IS NULL OR expected.is_there IS NULL) AS difference
     WHERE kept.is_there IS NULL OR expected.is_there IS NULL OR %7$s
     ORDER BY 2, 1, 3, 4
     LIMIT %8$d
    """
        .formatted(
            isByTime
                ? "coalesce(kept.grain, expected.grain), coalesce(kept.bucket, expected.bucket)"
                : "NULL::text, NULL::timestamptz",
            of(column -> column.isKey() && !TIME.contains(column.name()), Column::keyEntry, ", "),
            kept,
            expected,
            of(
                Column::isKey,
                column -> "kept.%1$s = expected.%1$s".formatted(column.name()),
                " AND "),
            of(column -> !column.isKey(), Column::difference, ", "),
            of(column -> !column.isKey(), Column::differs, " OR "),
            mostTold);
  }

  private String of(Predicate<Column> which, Function<Column, String> form, String between) {
    return columns.stream().filter(which).map(form).collect(joining(between));
  }
}
