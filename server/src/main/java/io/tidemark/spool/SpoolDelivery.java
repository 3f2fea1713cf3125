package io.tidemark.spool;

import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.RecordKeeper;
import io.tidemark.ingest.RefusedRecord;
import io.tidemark.record.CapturedRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands entries to the database. Used by one thread.
///
/// That the database is away and that it fails on one record of many looks the same. So now and
/// then what fails is tried in parts, and a record that fails alone while others are stored goes to
/// the end of the spool: it is tried again later and holds up nobody meanwhile.
final class SpoolDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolDelivery.class);
  private static final int PARTS = 8;
  private static final int SPLIT_EVERY = 3;

  /// What became of an attempt.
  ///
  /// @param stored records that are in the database now
  /// @param refused records that never will be
  /// @param postponed records that went to the end of the spool
  record Result(int stored, int refused, int postponed) {

    /// Records that are dealt with.
    int done() {
      return stored + refused + postponed;
    }
  }

  private final RecordKeeper keeper;
  private final Spool spool;
  private final RefusedRecords refusedRecords;
  private final DatabasePresence presence;
  private long commitsSeen;
  private int failures;
  private boolean isSplitting;

  SpoolDelivery(
      RecordKeeper keeper, Spool spool, RefusedRecords refusedRecords, DatabasePresence presence) {
    this.keeper = keeper;
    this.spool = spool;
    this.refusedRecords = refusedRecords;
    this.presence = presence;
  }

  /// Tries once.
  ///
  /// @param pending not empty; what is left in it is to be tried again
  Result attempt(List<SpooledEntry> pending) throws IOException {
    boolean splits = isSplitting || failures % SPLIT_EVERY == SPLIT_EVERY - 1;
    List<SpooledEntry> left = new ArrayList<>();
    List<SpooledEntry> failedAlone = new ArrayList<>();
    int stored = 0;
    int refused = 0;
    for (List<SpooledEntry> part : splits ? split(pending) : List.of(List.copyOf(pending))) {
      switch (keeper.store(records(part))) {
        case IngestOutcome.Committed outcome -> {
          presence.noteBack();
          for (RefusedRecord record : outcome.refused()) {
            refusedRecords.refuse(part.get(record.index()), record.code(), record.detail());
          }
          refused += outcome.refused().size();
          stored += part.size() - outcome.refused().size();
        }
        case IngestOutcome.Busy _ -> left.addAll(part);
        case IngestOutcome.Unavailable _ -> (part.size() == 1 ? failedAlone : left).addAll(part);
      }
    }
    boolean isTaking = stored + refused > 0 || presence.commits() > commitsSeen;
    commitsSeen = presence.commits();
    int postponed = isTaking && postpone(failedAlone) ? failedAlone.size() : 0;
    pending.clear();
    pending.addAll(left);
    if (postponed == 0) {
      pending.addAll(failedAlone);
    }
    Result result = new Result(stored, refused, postponed);
    failures = result.done() == 0 ? failures + 1 : 0;
    isSplitting = result.done() > 0 && !pending.isEmpty();
    return result;
  }

  private boolean postpone(List<SpooledEntry> entries) {
    if (entries.isEmpty()
        || !spool.keepAgain(
            entries.stream().map(entry -> RecordCodec.encode(entry.captured())).toList())) {
      return false;
    }
    LOG.warn(
        "spool.replay: the database takes other records and fails on {} of the spool; they are tried again later",
        entries.size());
    return true;
  }

  private static List<CapturedRecord> records(List<SpooledEntry> part) {
    return part.stream().map(SpooledEntry::captured).toList();
  }

  private static List<List<SpooledEntry>> split(List<SpooledEntry> pending) {
    List<List<SpooledEntry>> parts = new ArrayList<>();
    int size = Math.ceilDiv(pending.size(), PARTS);
    for (int from = 0; from < pending.size(); from += size) {
      parts.add(List.copyOf(pending.subList(from, Math.min(from + size, pending.size()))));
    }
    return parts;
  }
}
