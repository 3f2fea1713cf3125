package io.tidemark.capture.accesslog;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/// A log to read from a file or a stream, unpacked when its first bytes are those of gzip, whatever
/// it is called. Not thread-safe.
public final class LogInput implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final CountedStream counted;
  private final InputStream text;
  private final OptionalLong totalBytes;

  private LogInput(InputStream input, OptionalLong totalBytes) throws IOException {
    this.counted = new CountedStream(input);
    this.text = unpacked(new BufferedInputStream(counted, BUFFER_BYTES));
    this.totalBytes = totalBytes;
  }

  /// Opens a file.
  ///
  /// @throws IOException when it cannot be read, or is a gzip file with a damaged beginning
  public static LogInput open(Path file) throws IOException {
    // A pipe has no size to measure progress by.
    boolean hasSize = Files.isRegularFile(file);
    InputStream input = Files.newInputStream(file);
    try {
      return new LogInput(
          input, hasSize ? OptionalLong.of(Files.size(file)) : OptionalLong.empty());
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  /// Reads a stream of unknown size, such as standard input.
  public static LogInput of(InputStream input) throws IOException {
    return new LogInput(input, OptionalLong.empty());
  }

  /// How many bytes [#readBytes()] will come to; empty when nobody knows.
  public OptionalLong totalBytes() {
    return totalBytes;
  }

  /// Bytes read so far, packed as they are.
  public long readBytes() {
    return counted.bytes;
  }

  InputStream text() {
    return text;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private static InputStream unpacked(BufferedInputStream input) throws IOException {
    input.mark(2);
    boolean isGzip = input.read() == 0x1f && input.read() == 0x8b;
    input.reset();
    return isGzip ? new GZIPInputStream(new MemberStream(input), BUFFER_BYTES) : input;
  }

  private static final class CountedStream extends FilterInputStream {

    private long bytes;

    CountedStream(InputStream input) {
      super(input);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      bytes += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      bytes += Math.max(0, count);
      return count;
    }
  }

  /// Rotated logs put together are gzip members one after the other. GZIPInputStream goes on to the
  /// next one only if something is available, and a pipe may be slow: it has to look for itself.
  private static final class MemberStream extends FilterInputStream {

    MemberStream(InputStream input) {
      super(input);
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
