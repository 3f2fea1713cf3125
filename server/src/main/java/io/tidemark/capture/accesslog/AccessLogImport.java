package io.tidemark.capture.accesslog;

import io.tidemark.capture.accesslog.AccessLogLine.Blank;
import io.tidemark.capture.accesslog.AccessLogLine.Request;
import io.tidemark.capture.accesslog.AccessLogLine.Unreadable;
import io.tidemark.capture.accesslog.LogLines.LogLine;
import io.tidemark.record.Fact;
import java.io.EOFException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipException;

/// Imports access logs of the combined format. The same log imported again, or grown since, adds
/// only what is not stored yet. Runs one import at a time; [#stop()] may come from another thread.
public final class AccessLogImport {

  private static final int LINES_BETWEEN_REPORTS = 2_000;

  private final TimePolicy timePolicy;
  private final UUID salt;
  private final PatientSink sink;
  private final AccessLogParser parser = new AccessLogParser();
  private volatile boolean isStopped;

  /// @param sink where records go
  /// @param timePolicy which times are taken
  /// @param salt secret of the installation that pseudonyms are keyed with
  /// @param clock measures how long the database is away
  /// @param pause how to wait for it
  public AccessLogImport(
      RecordSink sink, TimePolicy timePolicy, UUID salt, InstantSource clock, Pause pause) {
    this.timePolicy = timePolicy;
    this.salt = salt;
    this.sink = new PatientSink(sink, clock, pause, () -> isStopped);
  }

  /// Imports a log and says what became of it, also when it could not be read or stored to its end.
  ///
  /// @throws InterruptedException when the thread is interrupted; what was under way may be stored
  public ImportSummary run(LogInput input, ImportListener listener) throws InterruptedException {
    ImportTally tally = new ImportTally();
    try (ChunkPipeline chunks = new ChunkPipeline(sink, tally)) {
      ImportEnding ending;
      try {
        ending = read(input, listener, tally, chunks);
      } catch (ImportFailedException e) {
        ending = isStopped ? new ImportEnding.Stopped() : new ImportEnding.Broken(e.reason());
      }
      return tally.summary(ending);
    }
  }

  /// Ends the import under way once the chunks under way are stored. Thread-safe.
  public void stop() {
    isStopped = true;
  }

  private ImportEnding read(
      LogInput input, ImportListener listener, ImportTally tally, ChunkPipeline chunks)
      throws InterruptedException {
    AccessLogRecords records = new AccessLogRecords(salt);
    LogLines lines = new LogLines(input.text());
    while (!isStopped) {
      Optional<LogLine> line;
      try {
        line = lines.next();
      } catch (IOException e) {
        chunks.finish();
        return new ImportEnding.Broken(readFailure(e, tally.lines()));
      }
      if (line.isEmpty()) {
        chunks.finish();
        listener.progressed(input.readBytes(), tally.lines());
        return new ImportEnding.Complete();
      }
      tally.countLine();
      take(line.get(), records, tally, chunks);
      if (tally.lines() % LINES_BETWEEN_REPORTS == 0) {
        listener.progressed(input.readBytes(), tally.lines());
      }
    }
    chunks.drain();
    return new ImportEnding.Stopped();
  }

  private void take(LogLine line, AccessLogRecords records, ImportTally tally, ChunkPipeline chunks)
      throws InterruptedException {
    AccessLogLine said =
        line.isCut() ? new Unreadable(UnreadableReason.TOO_LONG) : parser.parse(line.text());
    switch (said) {
      case Blank() -> {}
      case Unreadable(UnreadableReason reason) -> tally.countUnreadable(reason, line.number());
      case Request request -> {
        tally.countRequest(request.at());
        for (Fact fact : records.of(line.text(), request)) {
          take(fact, tally, chunks);
        }
      }
    }
  }

  private void take(Fact fact, ImportTally tally, ChunkPipeline chunks)
      throws InterruptedException {
    tally.countPerson(fact);
    switch (timePolicy.judge(fact.table(), fact.at())) {
      case TAKEN -> chunks.add(fact);
      case TOO_OLD -> tally.countFate(fact.table(), RecordFate.TOO_OLD, 1);
      case TOO_FAR_AHEAD -> tally.countFate(fact.table(), RecordFate.TOO_FAR_AHEAD, 1);
    }
  }

  private static String readFailure(IOException e, long lines) {
    String cause =
        e instanceof EOFException || e instanceof ZipException
            ? "The compressed log is damaged or cut off"
            : "The log could not be read on (" + e.getMessage() + ")";
    return cause + " after line " + lines + ": what came before is imported.";
  }
}
