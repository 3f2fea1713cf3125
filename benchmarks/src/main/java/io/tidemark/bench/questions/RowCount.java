package io.tidemark.bench.questions;

import io.tidemark.bench.rows.ComparedTable;
import io.tidemark.bench.rows.SampleRow;
import java.util.EnumMap;
import java.util.Map;

/// Counts rows by the table they belong to. Not thread-safe.
final class RowCount {

  private final Map<ComparedTable, Long> rows = new EnumMap<>(ComparedTable.class);

  void add(SampleRow row) {
    rows.merge(ComparedTable.of(row), 1L, Long::sum);
  }

  long of(ComparedTable table) {
    return rows.getOrDefault(table, 0L);
  }

  long total() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
