package io.tidemark.rollup;

import io.tidemark.record.FactTable;

/// What rows of detail amount to, for whoever asks about a time of which no rollup is kept: the
/// same SQL that the rollups are made with.
public final class DetailParts {

  private static final String ROWS =
      """
      SELECT fact.* FROM %s
      CROSS JOIN LATERAL (SELECT * FROM %s WHERE ts >= starts_at AND ts < ends_at OFFSET 0) AS fact
      """;

  private DetailParts() {}

  /// API calls, all endpoints together, by minute and bucket of the distribution: `at`, `value`
  /// (null for calls without a response time) and the columns that count.
  ///
  /// @param segments a relation with columns `starts_at` and `ends_at` (not included)
  public static String ofAllCalls(String segments) {
    return Rollup.of(FactTable.API_RESPONSE_TIME).stream()
        .filter(rollup -> rollup.table().equals("api_total_rollup"))
        .findFirst()
        .orElseThrow()
        .parts(ROWS.formatted(segments, FactTable.API_RESPONSE_TIME.tableName()));
  }
}
