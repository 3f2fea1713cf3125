package io.tidemark.partition;

import java.time.YearMonth;

/// A partition that there is or that there shall be: one month (UTC) of a table. No other class
/// knows how partitions are named or bounded.
record MonthlyPartition(PartitionedTable table, YearMonth month) {

  String name() {
    return "%s_%04d_%02d".formatted(table.tableName(), month.getYear(), month.getMonthValue());
  }

  /// First instant in it, as a literal of PostgreSQL.
  String startsAt() {
    return startOf(month);
  }

  /// First instant after it, as a literal of PostgreSQL.
  String endsAt() {
    return startOf(month.plusMonths(1));
  }

  private static String startOf(YearMonth month) {
    return "%04d-%02d-01 00:00:00+00".formatted(month.getYear(), month.getMonthValue());
  }
}
