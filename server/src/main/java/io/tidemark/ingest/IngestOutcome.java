package io.tidemark.ingest;

import java.util.Collections;
import java.util.List;

/// What became of records handed over to be stored.
public sealed interface IngestOutcome {

  /// Committed: what is not listed is stored for good.
  ///
  /// @param duplicates positions of the records that were stored before, ascending
  /// @param refused records that could not be stored, ascending by position
  record Committed(List<Integer> duplicates, List<RefusedRecord> refused) implements IngestOutcome {

    public Committed {
      duplicates = List.copyOf(duplicates);
      refused = List.copyOf(refused);
    }

    /// What became of the records from one position to another, positions counted from the first of
    /// them.
    Committed part(int start, int end) {
      int first = position(start);
      List<Integer> ownDuplicates =
          duplicates.subList(first, position(end)).stream().map(index -> index - start).toList();
      List<RefusedRecord> ownRefused =
          refused.stream()
              .filter(record -> record.index() >= start && record.index() < end)
              .map(record ->
                  new RefusedRecord(record.index() - start, record.code(), record.detail()))
              .toList();
      return new Committed(ownDuplicates, ownRefused);
    }

    /// How many duplicates lie before that position.
    private int position(int index) {
      int found = Collections.binarySearch(duplicates, index);
      return found >= 0 ? found : -found - 1;
    }
  }

  /// Nothing was stored because too much waits already: send the same again later.
  record Busy(int retryAfterSeconds) implements IngestOutcome {}

  /// The database is away; perhaps some of it was stored. Sending the same again is safe for
  /// records with an id.
  record Unavailable(int retryAfterSeconds) implements IngestOutcome {}
}
