package io.tidemark.spool;

import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.RecordKeeper;
import io.tidemark.ingest.RefusedRecord;
import io.tidemark.record.CapturedRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What stands for the database in tests: it is away when told so, fails on some records as a
/// defect would, and refuses others.
final class ScriptedDatabase implements RecordKeeper {

  private final List<String> stored = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final List<CapturedRecord> offered = new ArrayList<>();
  private boolean isAway;

  synchronized void goAway() {
    isAway = true;
  }

  synchronized void comeBack() {
    isAway = false;
  }

  synchronized void failOn(String page) {
    failing.add(page);
  }

  synchronized void refuse(String page) {
    refused.add(page);
  }

  /// Pages of what was stored, in order.
  synchronized List<String> stored() {
    return List.copyOf(stored);
  }

  /// Everything it was offered, as often as it was.
  synchronized List<CapturedRecord> offered() {
    return List.copyOf(offered);
  }

  @Override
  public synchronized IngestOutcome store(List<CapturedRecord> records) {
    offered.addAll(records);
    List<String> pages = records.stream().map(Records::page).toList();
    if (isAway || pages.stream().anyMatch(failing::contains)) {
      return new IngestOutcome.Unavailable(5);
    }
    List<RefusedRecord> refusals = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      if (refused.contains(pages.get(i))) {
        refusals.add(new RefusedRecord(i, "unstorable_value", "a value"));
      } else {
        stored.add(pages.get(i));
      }
    }
    return new IngestOutcome.Committed(List.of(), refusals);
  }
}
