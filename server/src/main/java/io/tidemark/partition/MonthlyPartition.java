package io.tidemark.partition;

import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A partition that there is or that there shall be: one month (UTC) of a table. No other class
/// knows how partitions are named or bounded.
record MonthlyPartition(PartitionedTable table, YearMonth month) {

  private static final Pattern NAME =
      Pattern.compile("(?<table>[a-z_]+)_(?<year>[0-9]{4})_(?<month>0[1-9]|1[0-2])");

  /// The partition of that name; empty when it is not one of ours.
  static Optional<MonthlyPartition> named(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    YearMonth month = YearMonth.parse(parts.group("year") + '-' + parts.group("month"));
    return PartitionedTable.named(parts.group("table"))
        .map(table -> new MonthlyPartition(table, month));
  }

  String name() {
    return table.tableName() + '_' + month.toString().replace('-', '_');
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
    return month.atDay(1) + " 00:00:00+00";
  }
}
