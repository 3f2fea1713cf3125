package io.tidemark.ingest;

import io.tidemark.record.CapturedRecord;
import java.util.List;

/// Takes records in for good: group commit itself, or what stands in for it while the database is
/// away. Thread-safe.
public interface RecordKeeper {

  /// Stores the records and returns once they are durable, or once it is known that they are not.
  IngestOutcome store(List<CapturedRecord> records);

  /// Whether records can be taken while the database is away.
  default boolean takesWithoutDatabase() {
    return false;
  }
}
