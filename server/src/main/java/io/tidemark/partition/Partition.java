package io.tidemark.partition;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A partition that there is or that there shall be: one month or one day (UTC) of a table. No
/// other class knows how partitions are named or bounded.
///
/// @param from its first day
/// @param span a month, which begins with its first day, or a day
record Partition(PartitionedTable table, LocalDate from, ChronoUnit span) {

  private static final Pattern NAME =
      Pattern.compile(
          "(?<table>[a-z_]+)_(?<year>[0-9]{4})_(?<month>0[1-9]|1[0-2])(_(?<day>[0-3][0-9]))?");

  Partition {
    boolean isMonth = span == ChronoUnit.MONTHS && from.getDayOfMonth() == 1;
    if (!isMonth && span != ChronoUnit.DAYS) {
      throw new IllegalArgumentException("Neither a month nor a day: " + from + ' ' + span);
    }
  }

  static Partition ofMonth(PartitionedTable table, YearMonth month) {
    return new Partition(table, month.atDay(1), ChronoUnit.MONTHS);
  }

  static Partition ofDay(PartitionedTable table, LocalDate day) {
    return new Partition(table, day, ChronoUnit.DAYS);
  }

  /// The partition of that name; empty when it is not one of ours.
  static Optional<Partition> named(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    YearMonth month = YearMonth.parse(parts.group("year") + '-' + parts.group("month"));
    Optional<PartitionedTable> table = PartitionedTable.named(parts.group("table"));
    if (parts.group("day") == null) {
      return table.map(found -> ofMonth(found, month));
    }
    int day = Integer.parseInt(parts.group("day"));
    return table
        .filter(found -> month.isValidDay(day))
        .map(found -> ofDay(found, month.atDay(day)));
  }

  String name() {
    String time = span == ChronoUnit.MONTHS ? month().toString() : from.toString();
    return table.tableName() + '_' + time.replace('-', '_');
  }

  YearMonth month() {
    return YearMonth.from(from);
  }

  /// First instant in it.
  Instant startsAt() {
    return from.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// First instant after it.
  Instant endsAt() {
    return from.plus(1, span).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
