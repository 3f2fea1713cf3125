package io.tidemark.partition;

import io.tidemark.record.FactTable;
import java.util.Arrays;
import java.util.Optional;

/// The tables that are partitioned by time. No other class knows how partitions are named or
/// bounded.
public enum PartitionedTable {
  USER_EVENT(FactTable.USER_EVENT.detailTableName()),
  CONVERSION_FUNNEL(FactTable.CONVERSION_FUNNEL.detailTableName()),
  PERFORMANCE_METRIC(FactTable.PERFORMANCE_METRIC.detailTableName()),
  API_RESPONSE_TIME(FactTable.API_RESPONSE_TIME.detailTableName()),
  PERFORMANCE_ALERT("performance_alert"),
  RECORD_IDENTITY("record_identity");

  private final String tableName;

  PartitionedTable(String tableName) {
    this.tableName = tableName;
  }

  public static PartitionedTable of(FactTable table) {
    return switch (table) {
      case USER_EVENT -> USER_EVENT;
      case CONVERSION_FUNNEL -> CONVERSION_FUNNEL;
      case PERFORMANCE_METRIC -> PERFORMANCE_METRIC;
      case API_RESPONSE_TIME -> API_RESPONSE_TIME;
    };
  }

  static Optional<PartitionedTable> named(String tableName) {
    return Arrays.stream(values()).filter(table -> table.tableName().equals(tableName)).findFirst();
  }

  String tableName() {
    return tableName;
  }
}
