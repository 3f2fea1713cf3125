package io.tidemark.demo;

import java.time.Instant;
import java.util.List;

/// One visit from arrival to departure.
///
/// @param visitor as the visit left them: introduced, perhaps with another membership
/// @param steps in time order, each with at least one record
record Session(String id, Visitor visitor, List<Step> steps) {

  Session {
    steps = List.copyOf(steps);
  }

  /// All records in time order.
  List<SampleRecord> records() {
    return steps.stream().flatMap(step -> step.records().stream()).toList();
  }

  /// What a visitor does in one go; the app sends its records together.
  ///
  /// @param endsAt not before the last record's timestamp
  record Step(Instant endsAt, List<SampleRecord> records) {

    Step {
      records = List.copyOf(records);
    }
  }
}
