package io.tidemark.capture;

import io.tidemark.platform.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/// A request's body that must arrive in time, however it trickles: the server's own timeouts count
/// from the last byte. While memory is scarce there is less time, so that bodies which nearly
/// arrived do not keep the others out. Used by one thread.
///
/// The clock is looked at before each read. A read itself waits for the next byte at most as long
/// as the server lets any connection be silent.
final class TimedInput extends FilterInputStream {

  /// How much shorter the time is while memory is scarce.
  private static final int SCARCE_PART = 6;

  private static final int DISCARDED_AT_ONCE = 8 * 1024;

  private final IntakeMemory memory;
  private final Duration patience;
  private final long startedAt = System.nanoTime();

  TimedInput(InputStream input, IntakeMemory memory, Duration patience) {
    super(input);
    this.memory = memory;
    this.patience = patience;
  }

  boolean isLate() {
    long nanos = memory.isScarce() ? patience.toNanos() / SCARCE_PART : patience.toNanos();
    return System.nanoTime() - startedAt > nanos;
  }

  @Override
  public int read() throws IOException {
    requireTime();
    return super.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    requireTime();
    return super.read(buffer, offset, length);
  }

  /// Reads and forgets what still comes, until the time is up.
  ///
  /// @param most bytes
  void discard(long most) throws IOException {
    byte[] nowhere = new byte[DISCARDED_AT_ONCE];
    long discarded = 0;
    while (discarded < most && !isLate()) {
      int read = in.read(nowhere);
      if (read < 0) {
        return;
      }
      discarded += read;
    }
  }

  private void requireTime() {
    if (isLate()) {
      throw ProblemException.of(
          HttpStatus.REQUEST_TIMEOUT,
          "body_too_slow",
          "The body did not arrive in time; nothing of it was stored, send fewer records at once");
    }
  }
}
