package io.tidemark.capture.accesslog;

import io.tidemark.ingest.IngestOutcome;
import io.tidemark.record.CapturedRecord;
import java.util.List;

/// Takes records in. Called by two threads at a time.
@FunctionalInterface
public interface RecordSink {

  /// Stores records and returns once it is known what became of them.
  IngestOutcome store(List<CapturedRecord> records) throws InterruptedException;
}
