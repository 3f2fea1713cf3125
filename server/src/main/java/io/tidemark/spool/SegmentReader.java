package io.tidemark.spool;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a segment from its beginning, one entry at a time. A bad entry with a believable length is
/// passed over, one without ends the segment. Used by one thread.
final class SegmentReader implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final DataInputStream input;
  private final long bytes;
  private long position;
  private long goodBytes;
  private boolean isDamaged;

  private SegmentReader(DataInputStream input, long bytes) {
    this.input = input;
    this.bytes = bytes;
  }

  static SegmentReader open(Path file) throws IOException {
    // No channel: it would be closed when its thread is interrupted, as if the file were bad.
    FileInputStream stream = new FileInputStream(file.toFile());
    SegmentReader reader =
        new SegmentReader(
            new DataInputStream(new BufferedInputStream(stream, BUFFER_BYTES)), Files.size(file));
    try {
      reader.readMagic();
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /// The payload of the next good entry; null at the end.
  byte @Nullable [] next() throws IOException {
    while (bytes - position >= SegmentFormat.ENTRY_HEADER_BYTES) {
      int length = input.readInt();
      int checksum = input.readInt();
      position += SegmentFormat.ENTRY_HEADER_BYTES;
      if (length < 1 || length > SegmentFormat.LARGEST_PAYLOAD_BYTES || length > bytes - position) {
        position = bytes;
        break;
      }
      byte[] payload = new byte[length];
      input.readFully(payload);
      position += length;
      if (SegmentFormat.checksum(payload) == checksum) {
        goodBytes = position;
        return payload;
      }
      isDamaged = true;
    }
    isDamaged |= goodBytes < bytes;
    return null;
  }

  /// Where the last good entry that was read ends.
  long goodBytes() {
    return goodBytes;
  }

  /// Whether any of what was read, and at the end any of the file, is no good entry.
  boolean isDamaged() {
    return isDamaged;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private void readMagic() throws IOException {
    byte[] magic = input.readNBytes(SegmentFormat.MAGIC.length);
    if (Arrays.equals(magic, SegmentFormat.MAGIC)) {
      position = magic.length;
      goodBytes = magic.length;
      return;
    }
    position = bytes;
  }
}
