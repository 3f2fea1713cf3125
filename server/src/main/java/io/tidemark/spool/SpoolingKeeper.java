package io.tidemark.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.RecordKeeper;
import io.tidemark.record.CapturedRecord;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores records in the database, and keeps them in the spool while it is away. Thread-safe.
///
/// Invariant: a record has its identity before it is offered to the database for the first time,
/// because an answer that says "away" may hide a commit. So it is stored once, however often it is
/// offered. Once the database is found away, records go to the spool without asking it, until the
/// replay has stored something or has nothing to try with.
final class SpoolingKeeper implements RecordKeeper, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolingKeeper.class);
  private static final int RETRY_SECONDS = 5;

  private final RecordKeeper database;
  private final Spool spool;
  private final LastingIdentities identities;
  private final DatabasePresence presence = new DatabasePresence();
  private final SpoolReplay replay;

  /// @param spool closed with this
  SpoolingKeeper(
      RecordKeeper database,
      Spool spool,
      RefusedRecords refused,
      InstantSource clock,
      MeterRegistry metrics) {
    this.database = database;
    this.spool = spool;
    this.identities = new LastingIdentities(clock);
    metrics.gauge("tidemark.spool.records", spool, Spool::records);
    metrics.gauge("tidemark.spool.bytes", spool, Spool::bytes);
    this.replay = new SpoolReplay(spool, database, refused, presence, metrics);
  }

  @Override
  public IngestOutcome store(List<CapturedRecord> records) {
    List<CapturedRecord> identified = identities.give(records);
    if (!presence.isAway()) {
      IngestOutcome outcome = database.store(identified);
      switch (outcome) {
        case IngestOutcome.Committed _ -> {
          presence.noteCommit();
          return outcome;
        }
        case IngestOutcome.Busy _ -> {
          return outcome;
        }
        case IngestOutcome.Unavailable _ -> {
          if (presence.noteAway()) {
            LOG.warn(
                "spool.keep: the database does not take records; they are kept in {} until it does",
                spool.directory().root());
          }
        }
      }
    }
    return keep(identified);
  }

  @Override
  public boolean takesWithoutDatabase() {
    return spool.hasRoom();
  }

  @Override
  public OptionalInt findPercentFull() {
    return OptionalInt.of(spool.percentFull());
  }

  /// Stops the replay, then the spool; what is in it stays for the next start.
  @Override
  public void close() {
    replay.close();
    spool.close();
  }

  private IngestOutcome keep(List<CapturedRecord> identified) {
    boolean isKept =
        identified.isEmpty() || spool.keep(identified.stream().map(RecordCodec::encode).toList());
    return isKept
        ? new IngestOutcome.Committed(List.of(), List.of())
        : new IngestOutcome.Unavailable(RETRY_SECONDS);
  }
}
