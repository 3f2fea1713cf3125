package io.tidemark.capture.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// The lines of a stream of bytes, ended by LF or CRLF, each bounded however long it is in the
/// stream. Not thread-safe.
final class LogLines {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LONGEST = AccessLogParser.LONGEST_LINE;

  private final InputStream input;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private byte[] line = new byte[1024];
  private int length;
  private boolean isCut;
  private long number;

  LogLines(InputStream input) {
    this.input = input;
  }

  /// One line.
  ///
  /// @param number from 1
  /// @param text without its line end; bytes that are no UTF-8 as U+FFFD; empty when cut
  /// @param isCut whether it was longer than what is read of a line
  record LogLine(long number, String text, boolean isCut) {}

  /// The next line; empty at the end.
  Optional<LogLine> next() throws IOException {
    length = 0;
    isCut = false;
    boolean isStarted = false;
    while (position < limit || fill()) {
      isStarted = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      append(end);
      position = end;
      if (end < limit) {
        position++;
        return Optional.of(taken());
      }
    }
    return isStarted ? Optional.of(taken()) : Optional.empty();
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, input.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  private void append(int end) {
    int added = end - position;
    if (isCut || length + added > LONGEST) {
      isCut = true;
      return;
    }
    if (length + added > line.length) {
      line = Arrays.copyOf(line, Math.min(LONGEST, Math.max(line.length * 2, length + added)));
    }
    System.arraycopy(buffer, position, line, length, added);
    length += added;
  }

  private LogLine taken() {
    number++;
    if (isCut) {
      return new LogLine(number, "", true);
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new LogLine(number, new String(line, 0, end, UTF_8), false);
  }
}
