package io.tidemark.bench.questions;

import io.tidemark.bench.rows.ComparedTable;

/// What a table takes on disk, with all its partitions.
///
/// @param isCompared whether it is of the report's schema
/// @param tableBytes with what is stored out of line
/// @param indexBytes of all its indexes
record TableSize(String name, boolean isCompared, long rows, long tableBytes, long indexBytes) {

  long bytes() {
    return tableBytes + indexBytes;
  }

  /// What a table of Tidemark is for.
  enum Purpose {
    FACT,
    IDENTITY,
    BATCH,
    ROLLUP,
    OTHER
  }

  Purpose purpose() {
    if (name.contains("_rollup") || name.equals("person_events")) {
      return Purpose.ROLLUP;
    }
    if (name.startsWith("record_identity") || name.startsWith("packed_identity")) {
      return Purpose.IDENTITY;
    }
    if (name.equals("batch") || name.equals("batch_part")) {
      return Purpose.BATCH;
    }
    for (ComparedTable table : ComparedTable.values()) {
      if (holds(table)) {
        return Purpose.FACT;
      }
    }
    return Purpose.OTHER;
  }

  /// Whether the rows of that table are here; Tidemark's begin with the name of the fact.
  boolean holds(ComparedTable table) {
    return isCompared ? name.equals(table.table()) : name.startsWith(table.fact());
  }
}
