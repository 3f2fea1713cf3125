package io.tidemark.partition;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Decides which partitions there shall be. Pure: no clock, no database.
///
/// Detail has a partition for each month. Identities have one for each day, so that a day that was
/// packed is emptied without touching its neighbours. Their timestamps are what clients sent, and
/// may be any: far from today a month gets one partition, which bounds how many a sender can cause.
///
/// @param monthsAhead how many months after the current one shall have their partition
record PartitionPolicy(int monthsAhead) {

  /// Today, tomorrow and one day more are made ahead of time.
  static final int DAYS_AHEAD = 2;

  /// Further back, a month that has no partition yet gets a single one.
  static final int YEARS_OF_DAYS = 2;

  PartitionPolicy {
    if (monthsAhead < 1 || monthsAhead > 24) {
      throw new IllegalArgumentException(
          "tidemark.partition.months-ahead must be from 1 to 24: " + monthsAhead);
    }
  }

  /// The partitions to make, of those that do not exist: for detail the current month and those
  /// ahead, for identities today and the days ahead.
  List<Partition> plan(LocalDate today, Set<Partition> existing) {
    Set<Partition> wanted = new LinkedHashSet<>();
    for (PartitionedTable table : PartitionedTable.values()) {
      if (isByDay(table)) {
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
          wanted.add(choose(table, today.plusDays(ahead), today, existing));
        }
      } else {
        for (int ahead = 0; ahead <= monthsAhead; ahead++) {
          wanted.add(Partition.ofMonth(table, YearMonth.from(today).plusMonths(ahead)));
        }
      }
    }
    wanted.removeAll(existing);
    return List.copyOf(wanted);
  }

  /// The partition that a row of that day belongs to: one that exists, else the one to make.
  Partition choose(
      PartitionedTable table, LocalDate day, LocalDate today, Set<Partition> existing) {
    Partition month = Partition.ofMonth(table, YearMonth.from(day));
    if (!isByDay(table) || existing.contains(month)) {
      return month;
    }
    Partition ofDay = Partition.ofDay(table, day);
    boolean isNear =
        !day.isBefore(today.minusYears(YEARS_OF_DAYS)) && !day.isAfter(today.plusDays(DAYS_AHEAD));
    return isNear || hasDaysOf(month, existing) ? ofDay : month;
  }

  /// Partitions of a month that should be days, because that month is here or comes: wrong clocks
  /// had them made long before.
  List<Partition> listDivisible(LocalDate today, Set<Partition> existing) {
    List<Partition> divisible = new ArrayList<>();
    for (Partition partition : existing) {
      boolean isNear =
          partition.month().equals(YearMonth.from(today))
              || partition.month().equals(YearMonth.from(today.plusDays(DAYS_AHEAD)));
      if (isByDay(partition.table()) && isNear && isWholeMonth(partition)) {
        divisible.add(partition);
      }
    }
    return divisible;
  }

  private static boolean isByDay(PartitionedTable table) {
    return table == PartitionedTable.RECORD_IDENTITY;
  }

  private static boolean isWholeMonth(Partition partition) {
    return partition.equals(Partition.ofMonth(partition.table(), partition.month()));
  }

  private static boolean hasDaysOf(Partition month, Set<Partition> existing) {
    return existing.stream()
        .anyMatch(partition ->
            partition.table() == month.table() && partition.month().equals(month.month()));
  }
}
