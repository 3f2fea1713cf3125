package io.tidemark.ingest;

import io.tidemark.record.CapturedRecord;
import java.util.List;
import java.util.OptionalInt;

/// Takes records in for good: group commit itself, or what stands in for it while the database is
/// away. Thread-safe.
public interface RecordKeeper {

  /// Stores the records and returns once they are durable, or once it is known that they are not.
  IngestOutcome store(List<CapturedRecord> records);

  /// Whether records can be taken while the database is away.
  default boolean takesWithoutDatabase() {
    return false;
  }

  /// How full the place is in which records wait for the database, rounded up to 1 to 100; 0 when
  /// none waits. Empty when there is no such place.
  default OptionalInt findPercentFull() {
    return OptionalInt.empty();
  }
}
