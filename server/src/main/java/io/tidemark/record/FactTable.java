package io.tidemark.record;

import java.util.Locale;

/// The fact tables that records arrive in, by their names in the database.
public enum FactTable {
  USER_EVENT("user_event"),
  CONVERSION_FUNNEL("conversion_funnel"),
  PERFORMANCE_METRIC("performance_metric"),
  API_RESPONSE_TIME("api_response_time");

  private final String tableName;

  FactTable(String tableName) {
    this.tableName = tableName;
  }

  /// @throws IllegalArgumentException if there is no such fact table
  public static FactTable named(String tableName) {
    return valueOf(tableName.toUpperCase(Locale.ROOT));
  }

  /// Also the `type` of its records in the native intake.
  public String tableName() {
    return tableName;
  }
}
