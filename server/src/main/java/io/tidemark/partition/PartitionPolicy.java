package io.tidemark.partition;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Decides which partitions to make ahead of time. Pure: no clock, no database.
///
/// @param monthsAhead how many months after the current one shall have their partition
record PartitionPolicy(int monthsAhead) {

  PartitionPolicy {
    if (monthsAhead < 1 || monthsAhead > 24) {
      throw new IllegalArgumentException(
          "tidemark.partition.months-ahead must be from 1 to 24: " + monthsAhead);
    }
  }

  /// The partitions to make, of those that do not exist: for every table the current month and
  /// those ahead.
  List<MonthlyPartition> plan(YearMonth current, Set<MonthlyPartition> existing) {
    List<MonthlyPartition> missing = new ArrayList<>();
    for (PartitionedTable table : PartitionedTable.values()) {
      for (int ahead = 0; ahead <= monthsAhead; ahead++) {
        MonthlyPartition partition = new MonthlyPartition(table, current.plusMonths(ahead));
        if (!existing.contains(partition)) {
          missing.add(partition);
        }
      }
    }
    return missing;
  }
}
