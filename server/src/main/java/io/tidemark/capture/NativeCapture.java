package io.tidemark.capture;

import io.tidemark.access.AuthenticatedKey;
import io.tidemark.access.KeyKind;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.RecordKeeper;
import io.tidemark.ingest.RefusalLog;
import io.tidemark.ingest.RefusedRecord;
import io.tidemark.partition.RetentionPolicy;
import io.tidemark.platform.ProblemException;
import io.tidemark.record.CapturedRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;

/// The native intake: a body becomes records, the good ones are stored together, and each that was
/// not plainly stored is named in the answer. Thread-safe.
public final class NativeCapture {

  /// What a record takes in memory beside its text.
  static final int RECORD_BYTES = 1024;

  private final NativeBatchParser parser = new NativeBatchParser();
  private final RecordRules rules;
  private final RecordKeeper keeper;
  private final RefusalLog refusals;
  private final FairUse fairUse;
  private final InstantSource clock;

  NativeCapture(
      RetentionPolicy retention,
      RecordKeeper keeper,
      RefusalLog refusals,
      FairUse fairUse,
      InstantSource clock) {
    this.rules = new RecordRules(retention);
    this.keeper = keeper;
    this.refusals = refusals;
    this.fairUse = fairUse;
    this.clock = clock;
  }

  /// Stores what can be stored; returns once it is durable.
  ///
  /// @param body inflated
  /// @param isLines whether it holds one record a line
  /// @param memory charged with the records
  /// @throws ProblemException 400 or 413 for a body that cannot be read, 429 when it is more than
  ///   the key may send, 503 when nothing can be stored now
  BatchAnswer record(
      byte[] body, boolean isLines, AuthenticatedKey key, IntakeMemory.Share memory) {
    Instant receivedAt = clock.instant();
    NativeBatchParser.Parsed parsed = isLines ? parser.parseLines(body) : parser.parseJson(body);
    fairUse.admitRecords(key, parsed.records().size());
    memory.take((long) parsed.records().size() * RECORD_BYTES);
    CaptureContext context =
        new CaptureContext(receivedAt, parsed.sentAt(), key.kind() == KeyKind.SECRET);
    List<CapturedEntry> entries = new ArrayList<>(parsed.records().size());
    for (RecordFields fields : parsed.records()) {
      String type = fields.text(RecordField.TYPE);
      entries.add(
          new CapturedEntry(
              fields.text(RecordField.ID),
              type != null && RecordType.named(type) != null ? type : "unknown",
              rules.judge(fields, context)));
    }
    BatchAnswer answer = store(entries);
    answer.countRefusals(refusals, key.name());
    return answer;
  }

  private BatchAnswer store(List<CapturedEntry> entries) {
    BatchAnswer answer = new BatchAnswer(entries);
    List<CapturedRecord> accepted = new ArrayList<>(entries.size());
    List<Integer> positions = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).outcome() instanceof CaptureOutcome.Accepted(var captured, var warning)) {
        accepted.add(captured);
        positions.add(i);
      }
    }
    switch (keeper.store(accepted)) {
      case IngestOutcome.Committed(var duplicates, var refused) -> {
        duplicates.forEach(index -> answer.markDuplicate(positions.get(index)));
        for (RefusedRecord record : refused) {
          answer.markRefused(positions.get(record.index()), record.code(), record.detail());
        }
      }
      case IngestOutcome.Busy(int retryAfterSeconds) ->
          throw ProblemException.retryLater(
              HttpStatus.SERVICE_UNAVAILABLE,
              "intake_busy",
              "Too many records wait to be stored; nothing of this request was stored, send it again",
              retryAfterSeconds);
      case IngestOutcome.Unavailable(int retryAfterSeconds) ->
          throw ProblemException.retryLater(
              HttpStatus.SERVICE_UNAVAILABLE,
              "database_unavailable",
              "The database is away; send the request again, records with an id are stored once",
              retryAfterSeconds);
    }
    return answer;
  }
}
