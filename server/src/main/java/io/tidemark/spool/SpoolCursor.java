package io.tidemark.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Goes through the segments of a spool, entry by entry. Used by one thread.
final class SpoolCursor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolCursor.class);

  /// About a minute: most of what hinders reading, such as too many open files, passes.
  private static final int MOST_FAILURES = 60;

  private record Read(Segment segment, boolean isDamaged) {}

  private final Spool spool;
  private final RefusedRecords refused;
  private final List<Read> readToTheEnd = new ArrayList<>();
  private @Nullable Segment segment;
  private @Nullable SegmentReader reader;
  private long recordsRead;
  private int failures;

  SpoolCursor(Spool spool, RefusedRecords refused) {
    this.spool = spool;
    this.refused = refused;
  }

  /// Adds what comes next, up to those bounds.
  void fill(List<SpooledEntry> batch, int mostRecords, long mostBytes) throws IOException {
    long bytes = batch.stream().mapToLong(SpooledEntry::bytes).sum();
    while (batch.size() < mostRecords && bytes < mostBytes) {
      byte[] payload = read();
      if (payload == null) {
        return;
      }
      bytes += payload.length;
      try {
        batch.add(new SpooledEntry(RecordCodec.decode(payload), payload.length));
      } catch (JacksonException e) {
        refuse(payload);
      }
    }
  }

  private void refuse(byte[] payload) throws IOException {
    try {
      refused.refuseUnreadable(payload);
    } catch (IOException e) {
      // It could not be kept elsewhere: it is read again.
      recordsRead--;
      close();
      throw e;
    }
    spool.countReplayed(1);
  }

  /// Everything that was filled in so far has been dealt with: the segments that were read to their
  /// ends are not needed any more.
  void finish() throws IOException {
    while (!readToTheEnd.isEmpty()) {
      Read read = readToTheEnd.getFirst();
      spool.finish(read.segment(), read.isDamaged());
      readToTheEnd.removeFirst();
    }
  }

  @Override
  public void close() throws IOException {
    SegmentReader closing = reader;
    reader = null;
    if (closing != null) {
      closing.close();
    }
  }

  private byte @Nullable [] read() throws IOException {
    while (true) {
      if (segment == null) {
        segment = spool.next();
        recordsRead = 0;
        failures = 0;
      }
      if (segment == null) {
        return null;
      }
      byte[] payload = readFrom(segment);
      if (payload != null) {
        recordsRead++;
        return payload;
      }
      spool.countReplayed(segment.records() - recordsRead);
      segment = null;
      close();
    }
  }

  /// What can never be read does not stand in the way of what is behind it.
  ///
  /// @throws IOException if it cannot be read now; the next call goes on behind what was read
  private byte @Nullable [] readFrom(Segment source) throws IOException {
    try {
      if (reader == null) {
        reader = reopen(source);
      }
      byte[] payload = reader.next();
      failures = 0;
      if (payload == null) {
        readToTheEnd.add(new Read(source, reader.isDamaged()));
      }
      return payload;
    } catch (IOException e) {
      boolean isOpen = reader != null;
      failures++;
      close();
      if (failures < MOST_FAILURES || (!isOpen && Files.exists(source.file()))) {
        throw e;
      }
      LOG.error("spool.replay gives up reading {}: {}", source.file(), e.toString());
      readToTheEnd.add(new Read(source, true));
      return null;
    }
  }

  private SegmentReader reopen(Segment source) throws IOException {
    SegmentReader opened = SegmentReader.open(source.file());
    try {
      for (long skipped = 0; skipped < recordsRead; skipped++) {
        opened.next();
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }
}
