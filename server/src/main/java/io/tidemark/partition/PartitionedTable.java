package io.tidemark.partition;

import io.tidemark.record.FactTable;
import java.util.Locale;

/// The tables that are partitioned by month. No other class knows how partitions are named or
/// bounded.
public enum PartitionedTable {
  USER_EVENT,
  CONVERSION_FUNNEL,
  PERFORMANCE_METRIC,
  API_RESPONSE_TIME,
  PERFORMANCE_ALERT,
  RECORD_IDENTITY;

  public static PartitionedTable of(FactTable table) {
    return valueOf(table.name());
  }

  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
