package io.tidemark.bench.questions;

import io.tidemark.bench.rows.ComparedTable;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What rows take on disk in both schemas.
///
/// @param tables of both
/// @param records that Tidemark holds, by fact
record DiskUse(List<TableSize> tables, Map<String, Long> records) {

  DiskUse {
    tables = List.copyOf(tables);
    records = Map.copyOf(records);
  }

  /// Bytes of one fact in Tidemark.
  ///
  /// @param rows of its own tables
  /// @param identities its share of what recognises a record sent again
  /// @param batches its share of what was committed together
  record Detail(double rows, double identities, double batches) {

    double total() {
      return rows + identities + batches;
    }
  }

  long tidemarkRecords(ComparedTable table) {
    return records.getOrDefault(table.fact(), 0L);
  }

  long tidemarkRecords() {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The table of that fact in the report's schema.
  TableSize report(ComparedTable table) {
    return tables.stream()
        .filter(size -> size.isCompared() && size.holds(table))
        .findFirst()
        .orElseThrow();
  }

  /// Identities and batches are shared out by records.
  Detail tidemark(ComparedTable table) {
    double share = tidemarkRecords(table) / (double) Math.max(1, tidemarkRecords());
    return new Detail(
        tidemarkBytes(size -> size.purpose() == TableSize.Purpose.FACT && size.holds(table)),
        share * tidemarkBytes(TableSize.Purpose.IDENTITY),
        share * tidemarkBytes(TableSize.Purpose.BATCH));
  }

  /// Facts, identities and batches.
  long tidemarkDetailBytes() {
    return tidemarkBytes(TableSize.Purpose.FACT)
        + tidemarkBytes(TableSize.Purpose.IDENTITY)
        + tidemarkBytes(TableSize.Purpose.BATCH);
  }

  long tidemarkBytes(TableSize.Purpose purpose) {
    return tidemarkBytes(size -> size.purpose() == purpose);
  }

  List<TableSize> tidemark(TableSize.Purpose purpose) {
    return tables.stream().filter(size -> !size.isCompared() && size.purpose() == purpose).toList();
  }

  private long tidemarkBytes(Predicate<TableSize> which) {
    return tables.stream()
        .filter(size -> !size.isCompared())
        .filter(which)
        .mapToLong(TableSize::bytes)
        .sum();
  }
}
