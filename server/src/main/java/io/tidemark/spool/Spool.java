package io.tidemark.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entries on disk that wait to be stored, oldest first, in segments that are deleted when they
/// have been. Thread-safe: its monitor guards the segments.
///
/// Invariant: an entry is in exactly one of the segment being written, the sealed ones, and those
/// handed out by [#next]; only [#finish] takes it off the disk. What waits to be written has its
/// bytes reserved, so that the limit bounds it too.
final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final long LARGEST_SEGMENT_BYTES = 16L * 1024 * 1024;
  private static final int SEGMENTS_AT_LEAST = 8;
  private static final long ROOM_BYTES = 64L * 1024;

  private final SpoolDirectory directory;
  private final long limitBytes;
  private final long segmentBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private final Deque<Segment> sealed = new ArrayDeque<>();
  private final SharedAppend appender;
  private @Nullable SegmentWriter active;
  private volatile boolean isDiskFailing;

  /// @param limitBytes most that it takes on disk; what was found there counts, and may be more
  Spool(SpoolDirectory directory, long limitBytes) {
    this.directory = directory;
    this.limitBytes = limitBytes;
    this.segmentBytes = Math.min(LARGEST_SEGMENT_BYTES, limitBytes / SEGMENTS_AT_LEAST);
    for (Segment segment : directory.found()) {
      sealed.add(segment);
      bytes.addAndGet(segment.bytes());
      records.addAndGet(segment.records());
    }
    this.appender = new SharedAppend(this::append);
  }

  /// Keeps payloads and returns once the disk has them.
  ///
  /// @param payloads at least one
  /// @return false if there is no room or the disk does not take them; nothing is kept then
  boolean keep(List<byte[]> payloads) {
    return keep(payloads, limitBytes);
  }

  /// The same for what is in the spool already and goes to its end: the room it takes now becomes
  /// free soon.
  boolean keepAgain(List<byte[]> payloads) {
    return keep(payloads, Long.MAX_VALUE);
  }

  private boolean keep(List<byte[]> payloads, long mostBytes) {
    ByteBuffer entries = SegmentFormat.entries(payloads);
    int size = entries.remaining();
    boolean isKept =
        bytes.addAndGet(size) <= mostBytes && appender.append(entries, payloads.size());
    if (!isKept) {
      bytes.addAndGet(-size);
    }
    return isKept;
  }

  /// Hands out the oldest segment that was not handed out yet; null when there is none. What is
  /// being written is closed for it.
  synchronized @Nullable Segment next() throws IOException {
    if (sealed.isEmpty()) {
      seal();
    }
    return sealed.poll();
  }

  /// Takes a segment that was handed out, and has been stored, off the disk.
  ///
  /// @param isDamaged whether the file is kept for a person to look at
  synchronized void finish(Segment segment, boolean isDamaged) throws IOException {
    if (isDamaged) {
      directory.keepDamaged(segment);
    } else {
      directory.delete(segment);
    }
    bytes.addAndGet(-segment.bytes());
  }

  /// So many records have been stored or refused.
  void countReplayed(long number) {
    records.addAndGet(-number);
  }

  /// Whether it can keep a request of an ordinary size. A disk that took nothing when it was last
  /// tried counts as full.
  boolean hasRoom() {
    return bytes.get() + ROOM_BYTES <= limitBytes && !isDiskFailing;
  }

  /// Records that wait.
  long records() {
    return records.get();
  }

  /// What it takes on disk.
  long bytes() {
    return bytes.get();
  }

  /// How full it is, rounded up to 1 to 100; 0 when no record waits.
  int percentFull() {
    long ofLimit = Math.ceilDiv(bytes.get() * 100, limitBytes);
    return records.get() == 0 ? 0 : Math.clamp(ofLimit, 1, 100);
  }

  SpoolDirectory directory() {
    return directory;
  }

  /// Keeps what waits to be written and gives up the folder. What is in it stays.
  @Override
  public void close() {
    appender.close();
    synchronized (this) {
      sealQuietly();
    }
    directory.close();
  }

  private synchronized boolean append(List<ByteBuffer> entries, int count) {
    try {
      SegmentWriter segment = active;
      if (segment == null) {
        segment = directory.create();
        active = segment;
        bytes.addAndGet(segment.written().bytes());
      }
      segment.append(entries, count);
      records.addAndGet(count);
      isDiskFailing = false;
    } catch (IOException e) {
      isDiskFailing = true;
      LOG.warn(
          "spool.keep could not write {} records to {}; their senders were told to send again: {}",
          count,
          directory.root(),
          e.toString());
      // What a failed write left is not trusted with more.
      sealQuietly();
      return false;
    }
    if (active != null && active.written().bytes() >= segmentBytes) {
      sealQuietly();
    }
    return true;
  }

  private void sealQuietly() {
    try {
      seal();
    } catch (IOException e) {
      LOG.warn("spool.keep could not close a segment: {}", e.toString());
    }
  }

  private void seal() throws IOException {
    SegmentWriter closing = active;
    if (closing == null) {
      return;
    }
    active = null;
    Segment segment = closing.written();
    if (segment.records() > 0) {
      sealed.add(segment);
      closing.close();
      return;
    }
    try (closing) {
      bytes.addAndGet(-segment.bytes());
      directory.delete(segment);
    }
  }
}
