package io.tidemark.record;

import java.util.Locale;

/// The facts that records arrive as, by their names in the database.
public enum FactTable {
  USER_EVENT("user_event"),
  CONVERSION_FUNNEL("conversion_funnel"),
  PERFORMANCE_METRIC("performance_metric"),
  API_RESPONSE_TIME("api_response_time");

  private final String tableName;

  FactTable(String tableName) {
    this.tableName = tableName;
  }

  /// @throws IllegalArgumentException if there is no such fact
  public static FactTable named(String tableName) {
    return valueOf(tableName.toUpperCase(Locale.ROOT));
  }

  /// The view that shows the rows with names; also the `type` of its records in the native intake.
  public String tableName() {
    return tableName;
  }

  /// The partitioned table that keeps the rows, with numbers in the place of names.
  public String detailTableName() {
    return tableName + "_detail";
  }
}
