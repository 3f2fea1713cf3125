package io.tidemark.capture;

import io.tidemark.platform.ProblemException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;

/// How much memory the requests in work may take together: a crowd of large bodies is told to come
/// back instead of taking all there is. Thread-safe.
final class IntakeMemory {

  private static final int KILOBYTE = 1024;
  private static final int RETRY_SECONDS = 1;

  /// A body of bytes becomes text, then rows: several times its size.
  private static final int PART_OF_HEAP = 8;

  /// One request of the largest size is always taken.
  private static final long LEAST_BYTES =
      BodyReader.LARGEST_BYTES
          + BodyReader.LARGEST_INFLATED_BYTES
          + (long) NativeBatchParser.MOST_RECORDS * NativeCapture.RECORD_BYTES
          + KILOBYTE;

  private final Semaphore freeKilobytes;
  private final int scarceKilobytes;

  /// @param bytes at least what one request of the largest size takes; less counts as that
  IntakeMemory(long bytes) {
    int kilobytes = (int) (Math.max(bytes, LEAST_BYTES) / KILOBYTE);
    freeKilobytes = new Semaphore(kilobytes);
    scarceKilobytes = kilobytes / 2;
  }

  static IntakeMemory ofThisProcess() {
    return new IntakeMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /// Whether less than half of it is free.
  boolean isScarce() {
    return freeKilobytes.availablePermits() < scarceKilobytes;
  }

  /// For one request; to be closed when it has been answered.
  Share open() {
    return new Share();
  }

  /// What one request has taken. Used by one thread.
  final class Share implements AutoCloseable {

    private long bytes;
    private int kilobytes;

    private Share() {}

    /// @throws ProblemException 503 when the requests in work have taken everything
    void take(long more) {
      bytes += more;
      int missing = (int) (bytes / KILOBYTE) + 1 - kilobytes;
      if (missing == 0) {
        return;
      }
      if (!freeKilobytes.tryAcquire(missing)) {
        throw ProblemException.retryLater(
            HttpStatus.SERVICE_UNAVAILABLE,
            "intake_busy",
            "Too many large requests are in work; nothing of this request was stored, send it again",
            RETRY_SECONDS);
      }
      kilobytes += missing;
    }

    @Override
    public void close() {
      freeKilobytes.release(kilobytes);
      kilobytes = 0;
    }
  }
}
