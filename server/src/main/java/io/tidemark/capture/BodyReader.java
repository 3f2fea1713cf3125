package io.tidemark.capture;

import io.tidemark.platform.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpStatus;

/// Reads a request's body whole, within bounds, and inflates it when it is gzip.
final class BodyReader {

  static final int LARGEST_BYTES = 4 * 1024 * 1024;
  static final int LARGEST_INFLATED_BYTES = 32 * 1024 * 1024;

  private BodyReader() {}

  /// @param declaredLength from the header; negative when not said
  /// @param memory charged with what is read
  /// @throws ProblemException 413 if it is too large, 400 if it is broken gzip, 503 if there is no
  ///   memory for it now
  /// @throws IOException if it breaks off: the client went away or counted wrongly
  static byte[] read(InputStream input, long declaredLength, IntakeMemory.Share memory)
      throws IOException {
    if (declaredLength > LARGEST_BYTES) {
      throw tooLarge();
    }
    int expected = declaredLength < 0 ? LARGEST_BYTES + 1 : (int) declaredLength;
    byte[] body = new MeteredInput(input, memory).readNBytes(expected);
    if (body.length > LARGEST_BYTES) {
      throw tooLarge();
    }
    return isGzip(body) ? inflate(body, memory) : body;
  }

  /// By its first bytes: not every client says so in a header.
  private static boolean isGzip(byte[] body) {
    return body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
  }

  private static byte[] inflate(byte[] body, IntakeMemory.Share memory) {
    try (InputStream gzip =
        new MeteredInput(new GZIPInputStream(new ByteArrayInputStream(body), 64 * 1024), memory)) {
      byte[] inflated = gzip.readNBytes(LARGEST_INFLATED_BYTES + 1);
      if (inflated.length > LARGEST_INFLATED_BYTES) {
        throw ProblemException.of(
            HttpStatus.CONTENT_TOO_LARGE,
            "body_too_large",
            "The body is larger than 32 MB inflated; send fewer records at once");
      }
      return inflated;
    } catch (IOException e) {
      throw ProblemException.of(
          HttpStatus.BAD_REQUEST, "malformed_gzip", "The body begins as gzip but is not");
    }
  }

  private static ProblemException tooLarge() {
    return ProblemException.of(
        HttpStatus.CONTENT_TOO_LARGE,
        "body_too_large",
        "The body is larger than 4 MB; send fewer records at once, or gzip");
  }
}
