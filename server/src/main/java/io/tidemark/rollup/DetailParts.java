package io.tidemark.rollup;

import io.tidemark.record.FactTable;

/// What rows of detail amount to by the minute, for whoever asks about a time of which no rollup is
/// kept: the same SQL that the rollups are made with. Each is a query with a column `at` and the
/// columns of `….rows.sql`.
public final class DetailParts {

  private static final String ROWS =
      """
      SELECT fact.* FROM %s
      CROSS JOIN LATERAL (SELECT * FROM %s WHERE ts >= starts_at AND ts < ends_at OFFSET 0) AS fact
      """;

  private DetailParts() {}

  /// @param rollup as it is asked, such as `api_total_rollup`
  /// @param fact name of the fact table
  /// @param segments a relation with columns `starts_at` and `ends_at` (not included)
  public static String of(String rollup, String fact, String segments) {
    return Rollup.of(FactTable.named(fact)).stream()
        .filter(each -> each.table().equals(rollup))
        .findFirst()
        .orElseThrow()
        .parts(ROWS.formatted(segments, fact));
  }
}
