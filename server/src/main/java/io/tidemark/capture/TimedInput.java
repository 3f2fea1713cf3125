package io.tidemark.capture;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tidemark.platform.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
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
  private final long patienceNanos;
  private final Ticker ticker;
  private final long startedAt;
  private boolean isSilent;

  TimedInput(InputStream input, IntakeMemory memory, Duration patience, Ticker ticker) {
    super(input);
    this.memory = memory;
    this.patienceNanos = patience.toNanos();
    this.ticker = ticker;
    this.startedAt = ticker.read();
  }

  boolean isLate() {
    if (isSilent) {
      return true;
    }
    long nanos = memory.isScarce() ? patienceNanos / SCARCE_PART : patienceNanos;
    return ticker.read() - startedAt >= nanos;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// @throws ProblemException 408 if the time is up, or nothing came for too long
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (isLate()) {
      throw tooSlow();
    }
    try {
      return super.read(buffer, offset, length);
    } catch (IOException silence) {
      if (silence.getCause() instanceof SocketTimeoutException) {
        isSilent = true;
        throw tooSlow();
      }
      throw silence;
    }
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

  private static ProblemException tooSlow() {
    return ProblemException.of(
        HttpStatus.REQUEST_TIMEOUT,
        "request_timeout",
        "The body did not arrive in time; nothing of it was stored, send fewer records at once");
  }
}
