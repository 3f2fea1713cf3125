package io.tidemark.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Writes a new segment. Appends are for a thread that nobody interrupts: that would close the
/// file.
final class SegmentWriter implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private long durableBytes;
  private long durableRecords;
  private boolean isTailUnsure;

  private SegmentWriter(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// @param file does not exist yet
  static SegmentWriter create(Path file) throws IOException {
    SegmentWriter writer =
        new SegmentWriter(
            file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    try {
      writer.writeFully(ByteBuffer.wrap(SegmentFormat.MAGIC));
      writer.durableBytes = SegmentFormat.MAGIC.length;
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  /// Appends entries and returns when the disk has them.
  ///
  /// @param records how many entries there are
  /// @throws IOException if perhaps not all of them are on disk; to be closed then
  void append(List<ByteBuffer> entries, long records) throws IOException {
    isTailUnsure = true;
    for (ByteBuffer each : entries) {
      writeFully(each);
    }
    channel.force(false);
    isTailUnsure = false;
    durableBytes = channel.position();
    durableRecords += records;
  }

  /// What is on disk for certain.
  Segment written() {
    return new Segment(file, durableBytes, durableRecords);
  }

  /// Closes the file. What may be on disk without having been acknowledged is cut off.
  @Override
  public void close() throws IOException {
    try (channel) {
      if (isTailUnsure) {
        channel.truncate(durableBytes);
        channel.force(false);
      }
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
