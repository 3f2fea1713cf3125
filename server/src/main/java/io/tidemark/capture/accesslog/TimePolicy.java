package io.tidemark.capture.accesslog;

import io.tidemark.record.FactTable;
import java.time.Instant;
import java.time.Period;

/// Which times the fact tables take.
public interface TimePolicy {

  /// Whether a fact of this time may be stored.
  TimeVerdict judge(FactTable table, Instant at);

  /// How long the detail of a fact table is kept, for people to read.
  Period keptFor(FactTable table);
}
